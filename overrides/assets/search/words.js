// The words of the search page.

export const FACET_NAMES = {
  park: "园区",
  industry: "产业",
  topic: "主题",
  province: "省份",
  year: "年份",
  paper: "报纸",
};
export const SORT_NAMES = { relevance: "按相关度", date: "最新在前", oldest: "最早在前" };

const grouped = new Intl.NumberFormat("zh-CN");

export const WORDS = {
  query: "搜索词",
  placeholder: "园区、企业、人名、任何字句",
  submit: "搜索",
  help: "搜索方法",
  helpLines: [
    ["稀土 永磁", "两个词都出现的文章；词可以是文中任意连续的两个字以上，单个字只找标题和标签"],
    ["“绿色低碳 转型”", "引号内的字句连续出现"],
    ["储能 -钠离子", "有「储能」而没有「钠离子」"],
    ["AMOLED、１１２.５亿元、產業園", "不分大小写、全半角、繁简体；数字照原文写"],
  ],
  suggestions: "建议",
  filters: "筛选",
  filtersChosen: (n) => (n ? `筛选（${n}）` : "筛选"),
  chosen: "已选条件",
  drop: (label) => `去掉条件：${label}`,
  dropAll: "全部去掉",
  skip: "跳到搜索结果",
  results: "搜索结果",
  sort: "排序",
  dates: "日期",
  from: "从",
  to: "到",
  datesFrom: (from, to) => `日期：${from || "最早"} 至 ${to || "最新"}`,
  csv: "下载 CSV",
  csvBusy: "正在准备…",
  csvName: "搜索结果.csv",
  csvColumns: ["编号", "标题", "日期", "报纸", "园区", "产业", "主题", "省份", "网址"],
  loading: "正在搜索…",
  failed: "索引没有读到。请检查网络，然后重试。",
  retry: "重试",
  total: (n) => `找到 ${grouped.format(n)} 篇文章`,
  all: (n) => `全部 ${grouped.format(n)} 篇文章，最新在前`,
  none: "没有找到文章",
  noneAlone: "请检查用字，或换一个更短的词。",
  waysOut: "去掉其中一项就有结果：",
  wayOutTerm: (text, n) => `去掉「${text}」：${grouped.format(n)} 篇`,
  wayOutFilter: (facet, label, n) => `不限${facet}「${label}」：${grouped.format(n)} 篇`,
  wayOutDates: (n) => `不限日期：${grouped.format(n)} 篇`,
  more: (n) => `更多（还有 ${grouped.format(n)} 篇）`,
  allValues: (n) => `显示全部 ${n} 项`,
  fewValues: "收起",
  count: (n) => grouped.format(n),
  articles: "篇",
  undated: "日期不详",
  authorOf: (n) => `作者，${grouped.format(n)} 篇`,
  untitled: "（无标题）",
  pageTitle: (q) => `${q} · 搜索`,
};

const DAY = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/;

function partInWords(value) {
  const [, year, month, day] = DAY.exec(value) ?? [];
  if (!year) return "";
  return `${Number(year)}年${month ? `${Number(month)}月` : ""}${day ? `${Number(day)}日` : ""}`;
}

/** A date as far as it is known: 2020年8月31日, 约2020年8月, 2020年8月26日至9月10日之间. */
export function dateInWords(value) {
  if (!value) return WORDS.undated;
  const [first, last] = value.split("/");
  if (last) {
    const from = partInWords(first);
    const year = `${Number(first.slice(0, 4))}年`;
    const to = partInWords(last);
    return `${from}至${to.startsWith(year) ? to.slice(year.length) : to}之间`;
  }
  return DAY.exec(first)?.[3] ? partInWords(first) : `约${partInWords(first)}`;
}
