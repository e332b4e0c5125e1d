#!/usr/bin/env python3
"""Kills builds at random moments, and holds what they leave against clean builds.

    kill.py PROGRAM SITE [--rounds 200] [--seed 1]

SITE is a folder with `content/`, as `cargo bench --bench build -- --models 2000 --write SITE` makes one. Each round begins
with the finished site of an older price or with no site at all, starts a build, kills it after a random part of the time that
a build takes, and looks: every file that is there must be whole, which is as the older or as the newer site has it. Then it
builds once more, and the folder must be that of a clean build, file by file. The folder is made beside SITE.
"""

import argparse
import hashlib
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path


def build(program, site, out, wait=None):
    """Builds; returns how long it took, or kills it after `wait` seconds and returns None."""
    start = time.monotonic()
    command = [program, "build", "--root", str(site), "--out", str(out), "--quiet"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        _, errors = process.communicate(timeout=wait)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate()
        return None
    if process.returncode != 0:
        sys.exit(f"a build failed: {errors.decode()[:2000]}")
    return time.monotonic() - start


def hashes(folder):
    """The hash of every file that a visitor can be given; names that begin with the builder's own are its leftovers."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        str(path.relative_to(folder)): hashlib.blake2b(path.read_bytes()).hexdigest()
        for path in files
        if not path.name.startswith(".modelfolio")
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("site", type=Path)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    dice = random.Random(given.seed)
    work = given.site.parent / "kill"
    shutil.rmtree(work, ignore_errors=True)
    old_site, old, new, out = work / "old-site", work / "old", work / "new", work / "out"
    shutil.copytree(given.site, old_site)
    # Another price in every fifth file, and one model that the new site does not have.
    models = sorted((old_site / "content" / "models").rglob("*.toml"))
    for path in models[::5]:
        path.write_text(path.read_text().replace("\ninput = ", "\ninput = 1", 1))
    extra = models[0].with_name("only-before.toml")
    extra.write_text('name = "Only before"\n')
    build(given.program, old_site, old)
    took = build(given.program, given.site, new)
    before, after = hashes(old), hashes(new)
    changed = sum(before.get(path) != hash for path, hash in after.items())
    print(f"{len(after)} files, {changed} of them differ from the older site; a build takes {took:.1f} s")

    killed = finished = mixed = 0
    for number in range(given.rounds):
        shutil.rmtree(out, ignore_errors=True)
        from_old = dice.random() < 0.5
        if from_old:
            # A build into a folder of its own, so that the record of what was written is of this folder.
            build(given.program, old_site, out)
        if build(given.program, given.site, out, wait=dice.random() * took) is None:
            killed += 1
        else:
            finished += 1
        left = hashes(out) if out.exists() else {}
        for path, hash in left.items():
            if hash != after.get(path) and not (from_old and hash == before.get(path)):
                sys.exit(f"round {number}: {path} is neither the older nor the newer file")
        if from_old:
            mixed += any(left.get(path) != hash for path, hash in after.items()) and any(
                left.get(path) != hash for path, hash in before.items()
            )
        build(given.program, given.site, out)
        if hashes(out) != after:
            sys.exit(f"round {number}: the next build is not equal to a clean one")
        leftovers = [path.name for path in out.rglob(".modelfolio-*.tmp")]
        if leftovers:
            sys.exit(f"round {number}: {len(leftovers)} temporary files are left: {leftovers[:3]}")
    shutil.rmtree(work)
    print(f"{given.rounds} rounds: {killed} killed, {finished} done before; {mixed} stopped between the two sites. No fault.")


main()
