"""circflow and its peers on the same data, in one run; a Markdown table of the times, if the answers agree.

    cargo build --release
    python3 -m venv target/peers && target/peers/bin/pip install -r benches/peers/requirements.txt
    target/peers/bin/python benches/peers/compare.py --circflow target/release/circflow --data target/peers-data

Data are generated where they are missing (fixed seeds). Every program runs every size in a process of its own, `--reps`
times, and the whole is done `--rounds` times, so that no program alone meets a busy hour. A cell is the shortest of all
times, in brackets the median of the better round. Checksums are compared before any time is printed: W1 to 1e-8, W4 to
1e-6, W4 with bounds to 1e-5 (an interior point stops near the bounds), W5 to twice
its gap of 1e-4, relative. For W5 build with `--features highs`: the peer is HiGHS itself (`--only W5`). The lines of all runs go to DATA/lines.jsonl.
"""
import argparse, json, os, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))
W1_SIZES = [f"{kind}_{n}" for kind in ("local", "random") for n in (100, 1000, 10000, 100000, 1000000)]
W4_SIZES = ["50", "500", "5000", "50000"]
W5_SIZES = ["59", "500", "2000"]
# Section: word for `lab bench`, script, peers, sizes, tolerance.
SECTIONS = {
    "W1 steady state": ("w1", "peer_w1.py", ["numba_gauss_seidel", "fixpoint_matvec", "umfpack"], W1_SIZES, 1e-8),
    "W4 reconciliation": ("w4", "peer_w4.py", ["normal_cholmod"], W4_SIZES, 1e-6),
    "W4 reconciliation, every flow at least 0": ("w4-nonneg", "peer_w4.py", ["clarabel_nonneg"], W4_SIZES, 1e-5),
    "W5 project mix": ("w5", "peer_w5.py", ["highspy"], W5_SIZES, 2e-4),
    "W5 project mix, front of 20 points": ("w5-pareto", "peer_w5.py", ["highspy_pareto"], W5_SIZES[:2], 2e-4),
}


def run(cmd, timeout):
    """The JSON line that a program prints, or why there is none."""
    try:
        r = subprocess.run(cmd, capture_output=True, text=True, timeout=timeout)
    except subprocess.TimeoutExpired:
        return {"error": f"> {timeout:.0f} s"}
    lines = [json.loads(x) for x in r.stdout.splitlines() if x.startswith("{")]
    if lines:
        return lines[-1]
    return {"error": (r.stderr.strip().splitlines() or ["?"])[-1][:200]}


def generate(data, workload, sizes):
    numbers = sorted({int(size.split("_")[-1]) for size in sizes})
    missing = [n for n in numbers if not all(
        os.path.isdir(os.path.join(data, f"{workload}_{s}")) for s in sizes if int(s.split("_")[-1]) == n)]
    if missing:
        subprocess.run([sys.executable, os.path.join(HERE, f"gen_{workload}.py"), data, "--sizes", ",".join(map(str, missing))],
                       check=True)


def seconds(x):
    return f"{x * 1e6:.0f} µs" if x < 1e-3 else f"{x * 1e3:.3g} ms" if x < 1 else f"{x:.3g} s"


def cell(results):
    good = [r for r in results if "seconds" in r]
    if not good:
        return results[0]["error"]
    return f"{seconds(min(r['min_s'] for r in good))} ({seconds(min(r['seconds'] for r in good))})"


def apart(a, b):
    """Largest relative difference of two checksums."""
    return max(abs(x - y) / max(abs(x), abs(y), 1e-300) for x, y in zip(a, b))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--circflow", required=True, help="the program, as cargo build --release made it")
    p.add_argument("--data", required=True, help="folder for the data")
    p.add_argument("--largest", type=int, default=1000000, help="no size above this")
    p.add_argument("--only", default="", help="sections whose title begins so")
    p.add_argument("--reps", type=int, default=5)
    p.add_argument("--rounds", type=int, default=2)
    p.add_argument("--timeout", type=float, default=60.0, help="seconds for all repetitions of one program on one size")
    a = p.parse_args()
    os.makedirs(a.data, exist_ok=True)
    wrong = []
    with open(os.path.join(a.data, "lines.jsonl"), "w") as kept:
        for title, (word, script, peers, sizes, tolerance) in SECTIONS.items():
            if not title.startswith(a.only):
                continue
            sizes = [s for s in sizes if int(s.split("_")[-1]) <= a.largest]
            generate(a.data, word[:2], sizes)
            results = {}
            for turn in range(a.rounds):
                for size in sizes:
                    ours = [a.circflow, "lab", "bench", word, "--data", a.data, "--size", size, "--reps", str(a.reps)]
                    theirs = [[sys.executable, os.path.join(HERE, script), "--data", a.data, "--size", size, "--reps",
                               str(a.reps), "--peer", peer] for peer in peers]
                    for name, cmd in zip(["circflow", *peers], [ours, *theirs]):
                        past = results.setdefault((size, name), [])
                        # What took too long once will again.
                        if turn and "error" in past[0]:
                            continue
                        past.append(run(cmd, a.timeout))
                        kept.write(json.dumps({"program": name, "size": size, **past[-1]}) + "\n")
            print(f"\n**{title}**\n")
            print(f"| size | circflow | {' | '.join(peers)} | peak memory, circflow / {peers[0]} | checksums apart |")
            print("|---" * (len(peers) + 4) + "|")
            for size in sizes:
                own = results[size, "circflow"]
                if "error" in own[0]:
                    wrong.append(f"{title} {size}: circflow {own[0]['error']}")
                    continue
                others = [r for peer in peers for r in results[size, peer] if "checksum" in r]
                worst = max((apart(own[0]["checksum"], r["checksum"]) for r in others), default=float("nan"))
                if not worst <= tolerance:
                    wrong.append(f"{title} {size}: checksums {worst:.1e} apart")
                first = next((r["peak_rss_mb"] for r in results[size, peers[0]] if "peak_rss_mb" in r), None)
                memory = f"{own[0]['peak_rss_mb']:.0f} / {first:.0f} MB" if first and own[0]["peak_rss_mb"] else "–"
                cells = " | ".join(cell(results[size, name]) for name in ["circflow", *peers])
                print(f"| {size} | {cells} | {memory} | {worst:.0e} |", flush=True)
    for line in wrong:
        print(line, file=sys.stderr)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
