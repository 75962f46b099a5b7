"""What names, bylines, datelines, captions, columns and page furniture look like in Chinese newspapers.

Shared by the stages of this room. Every pattern has an example beside it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from generator.chinese import COMPOUND_SURNAMES

SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
    "庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜"
    "詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉"
    "饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖"
    "糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬沙伏岑习宿云幸干亓候子占"
    "才青英生红尚浦支门续鹿肖付代闫郦和那佘俸战隗麦麻贝帅仝农况劳矫班衡逯骆"
    "储湛禹狄茅昝裘缪贲钮嵇荀於芮羿汲邴宓郗厉戎蓟蔺莘逄雍郤璩濮扈郏茹宦庾暨寇阙殳厍晁訾阚乜蒯仉缑亢佴笪谯汝钦邝粟禚佀束"
)
NAME = r"(?:[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff] [\u4e00-\u9fff]|[\u4e00-\u9fff]{2,5}·[\u4e00-\u9fff]{2,6})"
"""王磊; 王 磊; 欧阳楚英; 阿卜杜·热合曼"""
GAP = r"[ \u3000、，,/／;；]+"
MARKS = "►▶◎□■●◆▲△◇○☆★〇⊙▷►◥◢◤◣¤※▌▍▎▏▊█▪▫◈❖◉▣➤❏❑♦"
PAPER = (
    r"[\u4e00-\u9fff]{2,8}?(?:日报|晚报|早报|晨报|时报|商报|导报|周报|周刊|快报|青年报|都市报|工人报|新闻网|在线|"
    r"融媒体?(?:中心)?|(?<=[区县市科业贸])报)"
)
"""江城日报; 科创周报; 中国开发区报; 江城融媒"""
AGENCY = (
    r"(?:本报|本刊|本网|新华社|中新社|[\u4e00-\u9fff]{2,5}(?:日报|晚报|早报|时报|商报|导报|周报|青年报|新闻网|在线)|"
    rf"{PAPER}(?=(?:特约|实习|见习|首席|驻|全媒体)*(?:记者|通讯员|评论员)))"
)
REPORTER = (
    r"(?:(?:特约|实习|见习|首席|特派|驻站|融媒体?|全媒体?|高级)*(?:记者站|记者|通讯员|特派员|观察员|"
    r"评论员|实习生|摄影师?|撰稿人?|作者|笔者|读者|编译|编辑|主笔))"
)
OUTLET = (
    r"(?:[\u4e00-\u9fff]{0,6}《[^》]{2,12}》|(?:[\u4e00-\u9fff]{2,8}[报网台][·•—-]{1,2})?[A-Za-z0-9\u4e00-\u9fff]{1,10}?"
    r"(?:报社|新闻|客户端|[网台报+]|报道|电讯|发布|热线|财经|周刊|杂志|媒体中心))"
)
"""河口日报社; 河口日报-河口网; 大河口客户端; 21世纪河口报道; 南方+; 《河口周刊》: who sends a reporter"""
ROLE_WORD = re.compile(
    rf"(?:[\u4e00-\u9fff]{{2,8}}[报网][·•])?(?:{AGENCY}|[\u4e00-\u9fff]{{2,6}}[网台]|{OUTLET}(?={REPORTER}))?"
    rf"(?:驻?[\u4e00-\u9fff]{{2,6}}(?=记者站)|驻[\u4e00-\u9fff]{{1,6}}?)?{REPORTER}|{AGENCY}"
)
_BYLINE_REST = re.compile(
    r"发自[ \u3000]?[\u4e00-\u9fff]{2,6}|主持人|(?<=[\u4e00-\u9fff][ \u3000])[\u4e00-\u9fff]{2,4}(?<!摄影)报道$|文并摄|"
    r"执笔人?|口述|采访(?=[/／:：丨 ])|文图(?=[/／:：丨])|[文图摄][·•](?:图[/／])?|(?<=[\u4e00-\u9fff])[·•]$|丨|"
    r"综合?报道|摄影报道|报道|整理|采写|策划|供稿|撰文|撰稿|撰|文[/／][图摄]|文并?摄影?|图[/／]文|图文(?=[/／:： ])|"
    r"[文图][/／:：｜|]|摄影?[/／]文|摄$|(?<=[ /／])[文图](?=[ /／]|$)|(?<=[/／])[文图摄]|摄影(?=[/／:： ])|"
    r"[()（）【】\[\]|｜:：/／]"
)
MADE_BY = re.compile(
    r"(?:^|[ \u3000])(?:图文|文图|[文图]|撰文|采写|策划|整理|作者|执笔|口述|采访|记者)[ \u3000]?[/／:：｜|丨·]|"
    r"[\u4e00-\u9fff][ \u3000]?[/／][文图摄](?![\u4e00-\u9fff])|[ \u3000/／]文[/／][图摄]$|^(?:图文|文字)[/／:：]|"
    r"[ \u3000]文[ \u3000].*[ \u3000]摄$"
)
"""文/某某 图/某某; 某某/文 某某/图; 某某 文/摄: a line that tells who wrote and who drew"""
PICTURES_FROM = re.compile(
    r"[ \u3000]*(?:图片?|供图|摄影)[ \u3000]?[/／:：｜][ \u3000]?[\u4e00-\u9fff]{2,14}?"
    r"(?:提供|供图|单位|公司|管委会|集团|中心|学院|大学|医院|[部局办站方社库网]|受访者|资料|视觉中国)$"
)
"""文/某某 图/河口新区管委会: who gave the pictures and is nobody's name"""
EDITORS = re.compile(
    rf"(?:{AGENCY})?(?:特约|首席)?(?:评论员(?:文章)?|评论部|编辑部|编辑部文章|编者|时评组|调研组|采访组|报道组|课题组)|"
    rf"(?:{AGENCY})综合(?:报道|整理|消息)?|[据摘]?(?:新华社|中新社)"
)
"""本报评论员; 本报综合报道; （据新华社）: who wrote it where no person is named"""
OFFICE = re.compile(
    r"(?:书记|主任|主席|市长|区长|县长|镇长|局长|处长|院长|所长|校长|会长|理事长|秘书长|董事长|总经理|总裁|总工程师|"
    r"教授|讲师|研究员|院士|博士|专家|代表|委员|律师|经济师|分析师)"
)
"""江城大学教授: what the author of an essay is, beside the name"""

_PAPERS = "日报|晚报|早报|晨报|时报|商报|导报|周报|快报|都市报|青年报"
DATELINE = re.compile(
    r"^[【\[［（(]?(?:据?(?:本[报刊网台]|新华[社网]|中新[社网]|(?:人民|央视|光明|中国)网|央视新闻|"
    rf"[\u4e00-\u9fff]{{2,10}}(?:{_PAPERS})|[\u4e00-\u9fff]{{2,6}}网(?=讯|[\u4e00-\u9fff]{{0,6}}\d{{1,2}}月))"
    r"(?:综合报道|综合消息|消息|快讯|专讯|特讯|讯|"
    r"(?:[\u4e00-\u9fff]{2,8}?)?(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日(?:专?电|讯)|"
    r"[\u4e00-\u9fff]{2,6}?[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日(?:专?电|讯)|"
    r"(?!记者|通讯员)[\u4e00-\u9fff]{2,8}?(?:专?电|讯(?=[ \u3000（(“\":：]|记者|$))|"
    r"(?:专?电(?![话力子视商网台气动机影缆池源信报])|讯(?!员))|"
    r"(?=[（(][^（()）]{0,8}记者))|"
    rf"(?:{_PAPERS})(?:讯|消息)|[\u4e00-\u9fff]{{2,4}}(?<![快简短通资喜音])[电讯](?=[（(](?:{AGENCY})?{REPORTER})|"
    rf"据[\u4e00-\u9fff]{{2,8}}(?:消息|报道)(?=[ \u3000]))[】\]］)）]?"
    r"[ \u3000:：]*(?:[（(][^（()）]{1,40}[)）])?[ \u3000]*"
)
"""本报讯（记者 李争粉）; 科技日报讯(余潇静 刘玉玲 陈科); 新华社成都9月13日电（记者陈健）; 新华社(记者陈旭);

新华社哈尔滨十二月二十三日电; 据河口融媒消息 11月20日，……; 【本报讯】; 晚报讯; 央视网消息：
"""
_REPORTED = re.compile(
    rf"(?:{AGENCY})?{REPORTER}[ \u3000]*{NAME}(?:[ \u3000、]+(?:{REPORTER}[ \u3000]?)?{NAME}){{0,3}}?"
    r"[ \u3000]*(?:摄影)?报道(?:[ \u3000]*[:：][ \u3000]*|[ \u3000]+)"
)
"""记者王磊报道：, behind 本报讯 or alone"""
_LEAD_IN_BRACKETS = re.compile(rf"[（(【\[](?:{AGENCY})?{REPORTER}[^（()）【】\[\]。，]{{1,30}}[)）】\]][ \u3000]*")
"""【记者王磊报道】; （记者 王磊）: before the first words of a report"""

RUN_IN = re.compile(
    rf"^(?:[{MARKS}][ \u3000]*(?:{AGENCY})?|{AGENCY}){REPORTER}[ \u3000:：]+"
    rf"(?:{NAME}[ \u3000]+){{1,6}}(?=[^ \u3000]{{12}})"
)
"""□新华社记者 方朔 国庆长假……: names on the first line of the body"""


_BARE_RUN_IN = re.compile(
    rf"^{REPORTER}[ \u3000:：]+(?P<names>(?:(?:{REPORTER}[ \u3000]+)?{NAME}[ \u3000]+){{1,4}})(?=[^ \u3000]{{12}})"
)
"""记者 方小满 清晨六点的河口新区……"""


def dateline_end(text: str) -> int:
    """Offset where a dateline, or a byline that the body runs on from, ends; 0 where there is none.

    >>> dateline_end("▶本报讯（记者 王磊） 一滴原油"), dateline_end("一滴原油进了炼塔")
    (12, 0)
    """
    mark = re.match(rf"[{MARKS}][ \u3000]*", text)
    start = mark.end() if mark else 0
    found = DATELINE.match(text[start:])
    if found:
        start += found.end()
        return _end_of_names(text, start) or start
    run_in = RUN_IN.match(text)
    if run_in:
        return run_in.end()
    return _end_of_names(text, 0)


def _end_of_names(text: str, start: int) -> int:
    """Offset where names end that a role announces at that place, the body running on from them; 0 for none."""
    if text[start : start + 1] in "（(【[":
        found = _LEAD_IN_BRACKETS.match(text, start)
        return found.end() if found and len(text) >= found.end() + LEAD else 0
    found = _REPORTED.match(text, start)
    if found:
        return found.end()
    bare = _BARE_RUN_IN.match(text[start:])
    return start + bare.end() if bare and split_names(ROLE_WORD.sub(" ", bare["names"])) else 0


LEAD = 12
"""Characters of a body that names before it stand for."""

CREDIT = re.compile(
    r"图片?来源[:：]|^图源[:：]|^图片?来自[^，。]{2,20}$|^漫画[:：/／]|(?:^|[ \u3000])摄[/／]|"
    r"[（(](?:[左右前后中][排]?[一二三四五六\d]?|居中|[左右]起[^（()）]{0,8})[)）]|[（(][^（()）]{0,6}(?:效果图|示意图|截图)[)）]|"
    r"(?:新华社|人民|本报)(?:照片|图片|资料片)[)）]?$|"
    rf"^{NAME}[ \u3000]?绘$|[。！？” \u3000]{NAME}[ \u3000]图$|[ \u3000]摄影[ \u3000]{NAME}$|"
    r"(?:供图|摄影|摄|制图|绘图|资料图片?|资料照片|图片由.{2,20}提供|新华社发|"
    r"中新社发|(?:视觉|影像)中国(?:供图)?|人民视觉|东方IC|CFP|ICphoto|图虫创意)[)）。]?$|"
    r"^(?:摄影|图)[:：/／]|(?:受访(?:者|单位|企业|方)|通讯员|本报记者|记者|作者|资料|企业|"
    r"公司|单位).{0,12}(?:供图|摄)[)）。]?$|[（(][^（()）]{0,16}(?:摄|供图)[)）]|"
    rf"(?:^|[。！？”）) \u3000]){NAME}[ \u3000]?(?:摄|供图)[ \u3000]?[（(][^（()）]{{2,12}}[)）]$|"
    rf"[。！？”）)][ \u3000]?(?:{NAME}[ \u3000、]+)*{NAME}[ \u3000]?摄影报道$|^摄影[ \u3000]{NAME}$|"
    r"[。！？”）) \u3000](?:摄影|图片?)[ \u3000]?[/／:：][ \u3000]?[^。，]{2,14}$|"
    r"(?<!^本版)(?:图片|照片).{0,8}均?由.{2,20}提供$"
)
"""图片来源:西安高新区; 的生产车间 受访单位供图; 视觉中国供图; 新华社记者 张三 摄; (李四 摄); 张三摄（影像中国）"""
CAPTION_OPENING = re.compile(
    r"^(?:[▲△↑↓←→▼◀⬆⬇⬅➡]|图[1-9][ \u3000]|(?:Photo|图说|图注|图片?)[:：]|"
    r"图[①-⑨一二三四12345]?[为:：]|图[①-⑨]|[上下左右]图[:：为]?|题图)"
)
"""图为园区一角; ▲ 工人在作业; 上图：……"""
_SCENE = re.compile(
    r"(?:(?:\d{4}年)?\d{1,2}月\d{1,2}日，)?(?P<who>(?!.{0,3}[他她它我你这那谁])[^，。：“”、；？！\d—]{2,16})(?<![仍还就都存自实旨现所处正内])(?:正在|在)"
    r"(?!于|线|内|外|上|下|中|此|这|那|全|一|各|其|我|国|市|省|区|园|当|今|未来)[^，。：“”；？！]{2,20}。$"
)
_PEOPLE = re.compile("[员工人者师民生手家众客童兵警姐姨叔伯们]$")


def is_scene(text: str) -> bool:
    """True for one clause on what people are doing and nothing else: that is what a picture shows.

    >>> is_scene("工人在检测电池模组。"), is_scene("绿色发展正在改变面貌。"), is_scene("工人在检测，灯还亮着。")
    (True, False, False)
    """
    found = _SCENE.match(text)
    return found is not None and (_PEOPLE.search(found["who"]) is not None or is_name(found["who"]))


_VIEW = re.compile(
    r"(?:航拍|俯瞰|鸟瞰|远眺|俯拍|位于)[^，。：；？！“”]{2,24}|"
    r"[^，。：；？！“”]{2,24}(?:一角|一景|全景|外景|内景|夜景|远景|实景|鸟瞰|(?:效果|示意|鸟瞰|全景|实景|规划|航拍|夜景|平面)图)。?"
)


def is_view(text: str) -> bool:
    """True for a line that names what a picture shows and says nothing of it; sure only amid a sentence.

    >>> is_view("高新区一角"), is_view("航拍高新区"), is_view("园区效果图"), is_view("园区忙生产")
    (True, True, True, False)
    """
    return _VIEW.fullmatch(text) is not None


PHOTO_SENTENCE = re.compile(
    r"(?:^|[。！？”])(?:[上下左右]?图[①-⑨一二三]?[为是:：]|图①)[^。]{2,60}[。]?(?:[（(][^（()）]{2,24}[)）])?$"
)
"""……产量创新高。图为工人在作业。"""

COLUMN_WORDS = re.compile(
    r"镜头|圈点|动态|视窗|之窗|短讯|传真|速递|扫描|速览|快讯|简讯|集锦|资讯|短波|广角|纵横|视点|"
    r"专栏|连线|看点|巡礼|掠影|要闻|播报|快报|简报|快递|点击|瞭望|观察|播客|直通车|进行时|"
    r"风采|论坛|访谈|聚焦|特写|专版|专题|资料链接|相关链接|新闻链接|延伸阅读|链接|点评|快评|"
    r"微评|解读|问吧|记者手记|编后|编者按|短评|时评|百科|一览|简明新闻|综述|专刊|周刊|一线"
)
"""园镜头; 园区动态; 新闻速览; 相关链接"""
COLUMN_NAME = re.compile(
    r"[\u4e00-\u9fff]{0,4}(?:新闻|资讯|简讯|一句话|来信|来信选登|来信照登|来信摘登|名词解释)|一句话[\u4e00-\u9fff]{2}|今日谈|"
    r"(?:现场|热点|每周|一周|经济|本报|网友)评论|(?:特别|深度|独家)(?:报道|关注|策划)|专家(?:观点|视角|解读|点评)|微言|"
    r"(?:市井|身边|创业|园区)故事|数说(?:园区|高新|新区)?|声音|人物|调查|背景|编读往来|图说(?:新闻|园区)?"
)
"""图片新闻; 园区一句话; 来信照登; 声音: whole lines that are no headline"""
COUNTED = re.compile(r"[一二三四五六七八九十两\d]+[则条]$")
"""简讯二则: a headline of several briefs in one"""
FURNITURE = re.compile(
    r"责任编辑|责编|责任?编辑?[:：]|^[\u4e00-\u9fff]{2,10}(?:日报|晚报|早报|时报|导报|商报|"
    r"周报|周刊|报)(?:[（(].{1,6}[)）])?$|(?:热线|电话)[^，。]{0,6}?\d{3,4}-?\d{4,8}|"
    r"本版(?:责编|编辑|美编|主编)|(?:责编|美编|版式|校对|组版|排版|审读|制图|主编|值班总编|"
    r"执行主编)[:：/／ ]|版式设计|"
    r"(?:新闻|服务|发行|广告|投稿|订阅|监督|举报|读者|咨询|报料)热线|(?:广告|联系|编辑部|"
    r"发行)?电话[:：]|传真[:：]|邮\s*编[:：]|(?:投稿|联系)?(?:邮箱|信箱)[:：]|[Ee]-?[Mm]ail|"
    r"[\w.]+@[\w.]+|^本报地址|^扫一扫|^[（(]?未完待续[)）]?$|^[Ee]ditor[:：]|^(?:官方|本报)微[信博][:：]|^商务合作[:：]|报社(?:出版|印刷|主办)$|"
    r"^(?:[A-Z][A-Z'&.-]+[ \u3000]+)+[A-Z][A-Z'&.-]+$|"
    r"^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b[^\u4e00-\u9fff]*$|每份零售|"
    r"(?:QQ|商圈|微信号?|客服)[^，。]{0,6}[:：]\s*\d{6,}|"
    r"国内统一(?:连续出版物号|刊号)|邮发代号|总第\s*\d+\s*期|(?:今日|本期).{0,4}\d+\s*版|"
    r"零售价|定价[:：]|印刷[:：厂]|社址[:：]|(?:https?://|www\.)|"
    r"^本版[^，。]{0,14}(?:由.{2,20}提供|提供|摄)$|(?:广告|发行|记者|编辑)部[^，。]{0,4}\d{4}|"
    r"法律顾问|经营许可证|投稿[:：]|零售(?:价|每份)|^(?:主办|承办|协办|主管)(?:单位)?[:：]|农历[^，。]{2,12}$|"
    r"^(?:(?:来源|原载|摘自|转自)[:： ]?)?《[^》]{2,12}》[ \u3000]?[（(]?[ \u3000]?\d{4}年[^，。]{0,24}$|"
    r"^(?:今日天气|天气预报)|^[\u4e00-\u9fff]{2,4}[:： ][ \u3000]?(?:晴|多云|阴|[小中大阵暴][雨雪])[^。]*℃"
)
"""责任编辑 张三; 新闻热线:010-…; 国内统一刊号 CN11-0078; 今日天气 晴 12℃~20℃"""
INVITATION = re.compile(
    r"^[^，。]{0,12}(?:微信公众号|扫码|扫描二维码|二维码)[^，。]{0,12}$|^(?:更多|详情|欢迎|请)[^。]{0,12}(?:扫码|二维码)"
)
"""扫描二维码 关注园区频道; a body tells of 扫码 too, in whole sentences"""
_DUTY = (
    r"(?:值班|执行|本版|本期|[一二三四五六七八]版)?"
    r"(?:总编辑|副总编辑|总编|责任编辑|责编|美术编辑|编辑|编委|主编|美编|主任|视觉|版式设计|版面设计|版式|校对|责校|"
    r"审校|检校|审读|组版|排版|制作|图编|美术|统筹|监制)"
)
_ON_DUTY = (
    rf"[{MARKS}]?[ \u3000]*{_DUTY}[ \u3000]*[:：/／ \u3000][ \u3000]*{NAME}"
    rf"(?:[ \u3000、，/]+{NAME}(?![ \u3000]*[:：/／]))*?"
)
DUTIES = re.compile(rf"{_ON_DUTY}(?:[ \u3000]+{_ON_DUTY})+|[{MARKS}]?[ \u3000]*(?!主任|监制|统筹){_ON_DUTY}")
"""值班总编辑 巩某某 主任 柳某某 视觉 马某: who made the page"""
_LABELLED = r"[\u4e00-\u9fff]{2,8}[:：][ \u3000]?[^\s，。；:：]{2,14}"
LABELLED = re.compile(
    rf"(?=.*(?:总值班|值班|编辑|责编|美编|版式|校对|视觉|总编|审校|组版|检校)[:：])(?:{_LABELLED}[ \u3000]*){{2,}}"
)
"""总值班：某某 版面编辑：某某 本报法律顾问：某某律师事务所: labels and what each stands for, an editor among them"""
CREDITS = re.compile(
    r"(?=.*(?:策划|统筹|版式|视觉|设计)[:：/／])"
    r"(?:总?(?:策划|统筹|执行|文字|撰文|采写|摄影|图片|版式|视觉|设计|制图)[:：/／][ \u3000]?"
    rf"(?:{AGENCY})?(?:{REPORTER}[ \u3000]?)?[\u4e00-\u9fff·]{{2,12}}"
    rf"(?:[ \u3000、]+{NAME}(?![:：/／]))*[ \u3000]*){{3,}}"
)
"""总策划/某某 统筹/某某 文字/本报记者 某某 摄影/本报记者 某某: who made a special page"""
_SHEET = r"第?[ \u3000]*(?:[A-Z]?\d{1,3}|[一二三四五六七八九十]{1,3}|[头要])[ \u3000]*版"
CONTINUED_FROM = re.compile(
    rf"[◀▶►◁▷←→]*[ \u3000]*(?:[（(][上紧]接{_SHEET}[^。（()）]{{0,16}}[)）]|[上紧]接{_SHEET}"
    r"(?:[ \u3000]*《[^》]{2,30}》|(?:头条|要闻)?(?=[ \u3000]|$)))[ \u3000]*[◀▶►◁▷←→]*"
)
INDEX_ENTRY = re.compile(
    r"[^。]{4,46}[ \u3000]*[（(](?:详?见|转|下转)?[ \u3000]*第?[ \u3000]*"
    r"(?:[A-Z]?\d{1,3}|[一二三四五六七八九十]{1,3})[ \u3000]*版[)）]"
)
"""◇某厂新线投产（3版）: a headline of another page on the front page"""
CONTINUED_ON = re.compile(rf"[◀▶►◁▷←→]*[ \u3000]*[（(]?下转{_SHEET}[^。，]{{0,8}}[)）]?[ \u3000]*[◀▶►◁▷←→]*")
"""（上接第1版）; （下转第3版）"""
SECTION = re.compile(
    r"^(?:[A-Z]?\d{1,2}[ \u3000]+)?"
    r"(?:要闻|综合|国内|国际|时政|经济|财经|科技|产业|产经|开发区|国家级?(?:高新区|开发区|经开区)|高新区?|园区|区域|专题|广告|副刊|文化|教育|体育|"
    r"社会|民生|创新|前沿|科创|地方|县域|开放|能源|国企)(?:\d{1,2})?"
    r"(?:[·•．./／ \u3000](?:要闻|综合|新闻|专题|经济|产业|周刊|观察|前沿|园区|区域|高新|"
    r"创新|动态|视野|纵横|聚焦|关注|科创|开发区))?$"
)
"""05 开发区; 要闻·综合: the section's name at the top of a page"""
_CELL = r"[^\s，。；！？]{1,14}"
TABLE_ROW = re.compile(rf"^{_CELL}(?:\s+{_CELL})*\s+[-+]?\d[\d,.]*[^\s，。；！？\d]{{0,3}}$")
"""青岛 1984年; 合计 120 3.5%"""
CELLS = re.compile(rf"^(?=.*\d){_CELL}(?:\s+{_CELL}){{2,}}$")
"""1 汽车转向器智能工厂 12.0 深圳大道北: three cells or more, a figure in one of them"""
CELL_NAMES = re.compile(rf"^{_CELL}(?:\s+{_CELL}){{2,}}$")
"""序号 项目名称 投资额 建设地点: a line of the cells' names"""
TABLE_TITLE = re.compile(r"^[^，。！？]{2,30}(?:表|指标|情况|一览|统计|数据|排名|排行榜|[）)])$")
TABLE_UNIT = re.compile(r"^[（(]?(?:单位|注|数据来源|制表)[:：]")
"""上半年主要指标; 单位：亿元: above or below a table"""
ADVERT = re.compile(
    r"^广\s*告|^订阅|^欢迎订阅|启事$|启事[ \u3000]|^招租|^诚聘|^招聘(?:信息|岗位)?(?=[:：\s]|$)|"
    r"^厂房(?:出租|转让|招租|出售)|公\s*告$|.{4,}公\s*示$|^.{2,20}[〔\[]20\d\d[〕\]].{0,3}\d+号$|^通\s*告$|^公\s*示$|"
    r"关于.{2,30}的(?:通告|公示|通知)$|遗失声明|声明作废|挂失|招标公告|拍卖公告|^(?:郑重|严正|致歉|道歉|更正|作废|催告)?声\s*明$|"
    r"^(?:停电|停水|停气|施工|催收|缴费|搬迁)(?:通知|通告)$|(?:通知|告知|催告)书$|(?:招商|租售|咨询)(?:热线|电话)|"
    r"(?<!\d)1[3-9]\d{9}(?![\d元万亿])"
)
"""招租 厂房; 遗失声明; 订阅启事; 通 告; 关于道路封闭施工的通告; 疏通管道 13800000000"""
ADVERT_BODY = re.compile(
    r"联系(?:电话|人|方式)|特此(?:公告|通告|声明|通知|公示)|竞买|拍卖标的|标的(?:物|展示)|展示(?:时间|地点)|报名(?:时间|地点|电话)|"
    r"公告如下|公示期|宗地|出让|受让|成交|〔20\d\d〕|注册资本|股东会|统一社会信用代码|证号|营业执照|公章|声明作废|债权人|应聘|岗位要求|薪资|学历|投标|开标|开户行|面议|有意者|逾期|起拍价|保证金|咨询电话"
)
"""联系人：某某; 特此公告; what the text of an advertisement says and a story seldom"""


ADVERT_OFFER = re.compile(
    r"若干名|面议|有意者|诚聘|诚招|招租|启事|征订|作废|校址|欢迎(?:来电|垂询|订阅|报名|选购)|特此|招生[:：]|免费(?:咨询|上门)"
)
"""招聘技工若干名: what hardly any report says"""
ADVERT_SIGNS = re.compile(
    r"招聘|招生|若干名|月薪|薪资|面议|有意者|诚聘|诚招|招租|出租|转让|启事|征订|定价|邮发代号|邮局|订阅|作废|声明|公章|营业执照|"
    r"校址|地址|推荐就业|报名|学费|咨询|电话|热线|联系人|垂询|来电|上门|特此|优惠"
)
"""月薪, 面议, 有意者请拨打电话: several in one short paragraph are a small advertisement"""

LISTED = "item of a list"
"""Name of the rule for lines of a list, each whole without a full stop."""

_FIGURE = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_DATE = (
    rf"(?:(?:\d{{4}}|[〇○零一二三四五六七八九]{{4}})[ ]?年[ ]?{_FIGURE}[ ]?月[ ]?{_FIGURE}[ ]?日|"
    r"\d{4}[-./]\d{1,2}[-./]\d{1,2}(?!\d))"
)
_DAY = re.compile(
    rf"{_DATE}|(?:星期|周)[一二三四五六日天]|农历[\u4e00-\u9fff]{{2,12}}|[甲乙丙丁戊己庚辛壬癸][\u4e00-\u9fff]年[\u4e00-\u9fff]{{3,6}}"
)
_SHEET_NAME = re.compile(r"第?[A-H]?\d{1,3}版|[A-H]\d{1,2}|第?[一二三四五六七八九十]{1,3}版|第\d{1,4}期")
_HEAD_WORD = re.compile(rf"[\u4e00-\u9fff·（()）]{{1,10}}|{PAPER}(?:社)?")


LONGEST_HEAD = 60
"""The head of a page has at most this many characters."""
EDGE_LENGTH = 48
"""A line with a date among the first or last of a page, and nothing of a sentence in it, has at most this many."""


def page_head(text: str, *, edge: bool) -> bool:
    """True for a line at the top or foot of a page: date, weekday, sheet, paper and section, and nothing else.

    edge: the line is among the first or last of the page, where a bare figure is the sheet's number.

    >>> page_head("科创周报 第4版 园区纵深 2021年6月3日", edge=False), page_head("2021年6月3日，园区开工", edge=True)
    (True, False)
    >>> page_head("经济新闻 7", edge=True), page_head("经济新闻 7", edge=False), page_head("A3 要闻", edge=False)
    (True, False, True)
    """
    if len(text) > LONGEST_HEAD:
        return False
    text = unicodedata.normalize("NFKC", text)
    rest, days = _DAY.subn(" ", text)
    dated = re.search(_DATE, text) is not None
    plain = not re.search("[,。;!?“”]", text)
    sure = days >= 2 or (edge and len(text) <= EDGE_LENGTH) if dated else edge and days >= 2
    if (plain and sure) or _SHEET_NAME.fullmatch(re.sub(r"\s", "", text)):
        return True
    words = [w for w in re.split(r"[ \u3000/／|｜:：]+", rest.strip(MARKS + "-—·• \u3000/／")) if w]
    edges = {0, len(words) - 1}
    sheets = [k for k, w in enumerate(words) if k in edges and _SHEET_NAME.fullmatch(w)]
    numbers = [k for k, w in enumerate(words) if k in edges and re.fullmatch(r"0?\d{1,2}(?:[-—~]0?\d{1,2})?", w)]
    others = [w for k, w in enumerate(words) if k not in sheets and k not in numbers]
    if len(others) > 4 or not all(_HEAD_WORD.fullmatch(w) or _SHEET_NAME.fullmatch(w) for w in others):
        return False
    if dated:
        return True
    if sheets:
        return len(others) <= 2 and (edge or bool(days) or not others or "版" in words[sheets[0]] or len(others) == 1)
    double = any(re.search(r"\d[-—~]\d", words[k]) for k in numbers)
    return edge and ((bool(numbers) and len("".join(others)) <= (12 if double else 6)) or (bool(days) and not others))


def is_name(text: str) -> bool:
    """True where the text can be one person's name.

    >>> is_name("李争粉"), is_name("王 磊"), is_name("欧阳楚英"), is_name("高新区"), is_name("产业")
    (True, True, True, False, False)
    """
    name = text.replace(" ", "")
    if "·" in name:
        return re.fullmatch(r"[\u4e00-\u9fff]{2,5}·[\u4e00-\u9fff]{2,6}", name) is not None
    if not re.fullmatch(r"[\u4e00-\u9fff]{2,4}", name) or name in _NOT_NAMES or name[-1] in _NOT_GIVEN:
        return False
    if name[:2] in COMPOUND_SURNAMES:
        return len(name) >= 3
    return name[0] in SURNAMES and len(name) <= 3


_WORDS_LIKE_NAMES = """
高新区 高新 园区 经济 产业 金融 明年 今年 年初 安全 时间 全国 全市 全省 全区 文化
文明 方面 公司 成都 成果 成立 关于 连续 任务 和平 平台 路径 解决 应用 应对 华为
张江 石油 能源 常州 常务 温州 金山 金牌 万元 向上 农业 和谐 时代 时光 明天 相关
信息 信心 初心 都市 通过 计划 云集 水平 支持 东西 司法 单位 全面 连云港 石家庄
马鞍山 郑州 徐州 苏州 兰州 广告 江苏 安徽 云南 宁夏 宁波 海口 青海 青岛 白云 黄石
黄山 应急 温度 古城 余额 雷达 石墨 龙头 白皮书 单项 万吨 方案 包括 由于 但是 于是
来信 来访 来电 来稿 观察 手记 札记 连线
年轻 台湾 商务 简讯 储能 储备 储存 储量 储蓄 束缚 寇准 应届 宣传 成长 成熟 成本 方向 方法 和谐 明确
"""
_WORDS_SET_APART = """
简讯 声明 更正 启事 公告 通告 通知 短评 编后 社论 快讯 图片 目录 广告 要闻 要目 导读 点评 背景 链接 寄语 综合
新闻 专题 特刊 副刊 评论 观点 来信 人物 声音 数据 后记 前言 结语 尾声 引子
"""
_SPACED_WORDS = frozenset(_WORDS_SET_APART.split())
"""声 明: words whose two characters newspapers set apart as they do those of a name"""
_NOT_NAMES = frozenset(_WORDS_LIKE_NAMES.split())
_NOT_GIVEN = frozenset("区市省县镇村厂司院校局部委会所园港")


def spaced_names(text: str) -> list[str]:
    """The names of a line of single characters set apart, the way newspapers set names of two; empty for others.

    >>> [spaced_names(line) for line in ("初 阳", "□ 初 阳 衣 冠", "何 以 安", "简 讯", "初阳")]
    [['初阳'], ['初阳', '衣冠'], ['何以安'], [], []]
    """
    singles = text.strip(MARKS + " \u3000").split()
    names = ["".join(singles)] if len(singles) == 3 and singles[0] in SURNAMES else paired(singles)
    spaced = re.fullmatch(rf"[{MARKS}]?[ \u3000]*[\u4e00-\u9fff](?:[ \u3000]+[\u4e00-\u9fff])+", text)
    return names if spaced and 1 <= len(names) <= 3 and all(len(n) > 1 and _may_name(n) for n in names) else []


def paired(words: Sequence[str]) -> list[str]:
    """The words, single Chinese characters that follow one another put together by twos: 初 阳."""
    done: list[str] = []
    half = False
    for word in words:
        single = re.fullmatch(r"[\u4e00-\u9fff]", word) is not None
        if single and half:
            done[-1] += word
        else:
            done.append(word)
        half = single and not half
    return done


def people_in(text: str) -> frozenset[str]:
    """Who is told of in running text: names before a word of speaking or doing, or behind what somebody is.

    Some words that look like names are among them; names of two characters count when they are told of twice.

    >>> sorted(people_in("厂长林知秋说，旧机器噪声大。方小满告诉记者，新机器省电。"))
    ['方小满', '林知秋']
    """
    told = Counter(m[1] for pattern in (_BEFORE_DOING, _BEHIND_POST) for m in pattern.finditer(text))
    return frozenset(
        name
        for name, times in told.items()
        if is_name(name) and (name[-1] not in _DOING if len(name) == FULL_NAME else times > 1)
    )


FULL_NAME = 3
"""Most names have three characters."""
_DOING = "说表介告认坦回透指强解感带记算打原牵直称看在的和笑"
_BEFORE_DOING = re.compile(
    r"(?=([\u4e00-\u9fff]{2,3})(?:说|表示|介绍|告诉|认为|坦言|回忆|透露|笑|指着|指出|强调|解释|感慨|带着|记得|算过|算了|"
    r"打算|原来|回来|牵头|直言|称|看来|在|的|和))"
)
_BEHIND_POST = re.compile(r"(?<=[员长者人师户工理任记授士监裁板书家机])(?=([\u4e00-\u9fff]{3}))")


def places_in(text: str) -> frozenset[str]:
    """The places after which the parks in a text are called, two characters of each: 沈阳高新区, 无锡国家高新区."""
    return frozenset(m[1] for m in _PARK.finditer(text))


_PARK = re.compile(
    r"([\u4e00-\u9fff]{2})(?=(?:国家|火炬)?(?:高新|经开|经济技术开发|开发区|综合保税|综保|保税|高技术|自贸|工业园区|科学城|软件园|"
    r"经济区))"
)


def split_names(text: str) -> list[str]:
    """The names in a run of nothing but names; empty where something else is in it.

    >>> split_names("刘志阳 黄鹏飞、曾凯然"), split_names("王 磊 李强"), split_names("产业 发展")
    (['刘志阳', '黄鹏飞', '曾凯然'], ['王磊', '李强'], [])
    """
    words = [w for w in re.split(GAP, text.strip()) if w]
    names: list[str] = []
    while words:
        if len(words) > 1 and len(words[0]) == 1 and len(words[1]) == 1 and is_name(words[0] + words[1]):
            names.append(words.pop(0) + words.pop(0))
        elif is_name(words[0]):
            names.append(words.pop(0))
        else:
            return []
    return names


def byline_names(text: str) -> list[str] | None:
    """The names of a line that is a byline; None where it is none.

    A mark or a role word makes a byline of any run of names; without, all must be names.

    >>> byline_names("► 梅忠 冉放"), byline_names("◎本报记者 张景阳 通讯员 贾婷婷"), byline_names("本报记者领证")
    (['梅忠', '冉放'], ['张景阳', '贾婷婷'], None)
    """
    if len(text) > 60 or any(c in text for c in "。！？，,;；"):
        return None
    text = text.replace("丨", "|")  # a stroke that stands for the bar, and a Chinese character to patterns
    if _IN_BRACKETS.fullmatch(text):
        return [n for word in ROLE_WORD.sub(" ", text.strip("（()） ")).split() for n in split_names(word) or [word]]
    marked = bool(text) and text[0] in MARKS
    made = PICTURES_FROM.sub("", text) if "文" in text or ROLE_WORD.search(text) else text
    made = _OUTLET_BEFORE.sub("", made.strip(MARKS + "·•—– \u3000"))
    rest, roles = ROLE_WORD.subn(" ", made)
    roles += _WRITTEN_BY.match(rest.strip()) is not None
    rest = re.sub(f"[{MARKS}]", " ", _BYLINE_REST.sub(" ", rest))
    words = rest.split()
    if not words:
        return None
    names = split_names(" ".join(words))
    if names and (marked or roles or len(names) <= 6):
        return names
    spaced = roles > 0 and " " in text.strip()
    words = paired(words)
    if (marked or (roles and spaced and len(words) <= 6)) and all(_may_name(w) for w in words):
        return words
    return None


_OUTLET_BEFORE = re.compile(
    rf"^(?:[\u4e00-\u9fff]{{2,12}}报[ \u3000]+(?=记者)|"
    rf"[A-Za-z0-9\u4e00-\u9fff·•+—-]{{1,14}}?(?={REPORTER}[ \u3000]+{NAME}))"
)
"""河口高新报 记者 某某; 每河记者 某某: an outlet that none of the words above tells, and a blank before the name"""
_WRITTEN_BY = re.compile(r"(?:撰文|采写|撰稿|文字)[ \u3000]")
"""撰文 某某: as good as 记者 某某"""
_IN_BRACKETS = re.compile(
    rf"[（(][ \u3000]*(?:{AGENCY})?{REPORTER}[ \u3000:：]*[\u4e00-\u9fff·、 \u3000]{{2,24}}[ \u3000]*[)）]"
)
"""（江城日报记者某某某某）: a role and names in brackets, run together as they may be"""


def _may_name(word: str) -> bool:
    """True where a word behind a mark or a role can be a name, be its surname as rare as it will."""
    if not re.fullmatch(NAME, word) or word[-1] in _NOT_GIVEN or word in _NOT_NAMES or word in _SPACED_WORDS:
        return False
    if COLUMN_WORDS.search(word) or COLUMN_NAME.fullmatch(word):
        return False
    return len(word) <= 3 or "·" in word or word[0] in SURNAMES or is_name(word)


def signed_by_editors(text: str) -> bool:
    """True for a line that says who wrote it without naming a person.

    >>> signed_by_editors("本报评论员"), signed_by_editors("■本刊编辑部"), signed_by_editors("评论员说")
    (True, True, False)
    """
    return EDITORS.fullmatch(text.strip(MARKS + " \u3000（()）")) is not None


def author_with_office(text: str) -> bool:
    """True for a line that names the author of an essay with the office; sure only right below a headline.

    >>> [author_with_office(line) for line in ("江城大学教授 何一舟", "何一舟（江城大学教授）", "主任来了")]
    [True, True, False]
    """
    line = text.strip(MARKS + " \u3000")
    if len(line) > 40 or any(c in line for c in "，。！？；"):
        return False
    found = re.fullmatch(rf"({NAME})[ \u3000]?[（(]([^（()）]+)[)）]", line)
    if found:
        return is_name(found[1]) and re.search(rf"{OFFICE.pattern}|^作者", found[2]) is not None
    found = re.fullmatch(rf"(.*[^ \u3000])[ \u3000]+({NAME})", line)
    return found is not None and is_name(found[2]) and re.search(rf"{OFFICE.pattern}$", found[1]) is not None


_SIGNED = rf"(?:{REPORTER}[ \u3000:：]*)?{NAME}"
TAIL_NAMES = re.compile(
    r"(?P<end>[。！？!?…][”\"’』」）)]*)"
    rf"(?P<names>[ \u3000]*(?:[{MARKS}][ \u3000]*)?[（(【]?[ \u3000]*据?(?:文[/／])?(?:{AGENCY})?"
    rf"{_SIGNED}(?:[ \u3000、，,/]+{_SIGNED}){{0,5}}"
    r"(?:[ \u3000]*(?:报道|摄影报道|综合报道|文[/／]图|整理))?[ \u3000]*[)）】]?)$"
)
"""……高质量发展。高欣; ……招商。刘志阳 黄鹏飞 曾凯然; ……（王磊 李强）"""


def tail_byline(text: str) -> int:
    """Offset where the names after the last sentence of a story begin; -1 where there are none.

    >>> tail_byline("推动高质量发展。高欣"), tail_byline("推动高质量发展。高新区")
    (8, -1)
    """
    match = TAIL_NAMES.search(text)
    if not match:
        return -1
    inner = ROLE_WORD.sub(" ", match.group("names").lstrip(MARKS + " \u3000"))
    inner = _BYLINE_REST.sub(" ", re.sub("据(?= )", " ", inner))
    if not split_names(" ".join(inner.split())) and not _signed_in_brackets(match["names"], inner):
        return -1
    return match.start("names")


def _signed_in_brackets(names: str, inner: str) -> bool:
    """True for a few words in brackets that can be names, be their surnames as rare as they will: （展望 孟凡青）."""
    words = paired(inner.split())
    return (
        re.fullmatch(r"[ \u3000]*[（(][^（()）]*[)）][ \u3000]*", names) is not None
        and bool(words)
        and not _NOTE.search(names)
        and all(_may_name(w) for w in words)
    )


_NOTE = re.compile("[图圖]|摄|续|完|摘|节选|版|讯|电|报|社|网|略|下同|下称|简称|注")
"""（组图）; （待续）; （全文完）; （某某 摄）: notes at a story's end"""
