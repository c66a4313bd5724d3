"""Run every `bench_*.py` beside this file, or those named: `python -m benchmarks excel`.

With `--write` the figures go into docs/speed.md as well. A benchmark offers `measure()`, which gives rows of a name,
seconds and a remark. Seconds are of this machine, today: only what was measured in one run is to be compared.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

from benchmarks import speed

HERE = Path(__file__).resolve().parent


def main(wanted: list[str]) -> int:
    """Print a table for each benchmark; 2 where one that is named does not exist."""
    write, wanted = "--write" in wanted, [name for name in wanted if name != "--write"]
    names = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
    unknown = [name for name in wanted if name not in names]
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}; there are: {', '.join(names)}", file=sys.stderr)
        return 2
    for name in wanted or names:
        spec = importlib.util.spec_from_file_location(f"bench_{name}", HERE / f"bench_{name}.py")
        if spec is None or spec.loader is None:
            continue
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        about, load = " ".join((module.__doc__ or "").split("\n\n")[0].split()), speed.load()
        print(f"\n{name}: {about}")
        rows = []
        for what, seconds, remark in module.measure():
            print(f"  {what:<40} {seconds * 1000:>10.1f} ms  {remark}", flush=True)
            rows.append((what, seconds, remark))
        if write:
            speed.keep(name, about, rows, load)
            speed.write()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
