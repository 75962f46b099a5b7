"""The import law: downward only, never sideways; only the doors and cli touch the disk."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1] / "generator"
FLOORS = {
    "__main__": 7,
    "cli": 6,
    "batch": 5,
    "pipeline": 4,
    "pages": 3,
    "articles": 3,
    "render": 3,
    "search": 3,
    "report": 3,
    "sources": 2,
    "authority": 2,
    "corrections": 2,
    "output": 2,
    "records": 2,
    "cache": 2,
    "model": 1,
    "chinese": 1,
    "variants": 1,
    "halves": 1,
    "language": 1,
    "meaning": 1,
    "pairs": 1,
    "schema": 1,
    "errors": 1,
}
STAGE_FLOOR = 3
DOORS = {"sources", "authority", "corrections", "records", "output", "cache"}
DISK_MODULES = {"pathlib", "os", "shutil", "tempfile", "io", "glob"}
DISK_CALLS = {"open"}


def modules() -> list[Path]:
    return sorted(p for p in ROOT.rglob("*.py") if p.name != "__init__.py")


def room(path: Path) -> str:
    """The first part of the module's name below generator."""
    return path.relative_to(ROOT).with_suffix("").parts[0]


def imports(path: Path) -> list[str]:
    """Dotted names that the module imports, one for each name of a from-import."""
    names = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names


def test_every_room_has_a_floor() -> None:
    assert {room(p) for p in modules()} <= set(FLOORS)


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_go_down(path: Path) -> None:
    here = room(path)
    for name in imports(path):
        if not name.startswith("generator."):
            continue
        there = name.split(".")[1]
        if there == here and FLOORS[here] != STAGE_FLOOR:
            continue
        if FLOORS[here] == STAGE_FLOOR:
            same_stage = name.split(".")[1] == here
            if same_stage:
                stages = stage_modules(here)
                target = name.split(".")[2]
                assert target not in stages, f"{path}: stage imports stage {name}"
                continue
            tag_sees_authority = path.name == "tag.py" and there == "authority"
            assert FLOORS[there] == 1 or tag_sees_authority, f"{path}: {name} is above floor 1"
        elif FLOORS[here] == 1:
            assert FLOORS[there] == 1, f"{path}: {name}"
        else:
            assert FLOORS[there] < FLOORS[here], f"{path}: {name} is not below"


def stage_modules(folder: str) -> set[str]:
    """Modules that hold a stage: a public function of the module's own name. Others are helpers of their room."""
    found = set()
    for path in (ROOT / folder).glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if any(isinstance(n, ast.FunctionDef) and n.name == path.stem for n in tree.body):
            found.add(path.stem)
    return found


@pytest.mark.parametrize(
    "path", [p for p in modules() if room(p) not in DOORS | {"cli", "__main__"}], ids=lambda p: str(p.relative_to(ROOT))
)
def test_only_doors_touch_the_disk(path: Path) -> None:
    assert not {name.split(".")[0] for name in imports(path)} & DISK_MODULES
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in DISK_CALLS, f"{path}:{node.lineno} opens a file"


def test_init_files_are_empty() -> None:
    assert all(not p.read_text(encoding="utf-8").strip() for p in ROOT.rglob("__init__.py"))
