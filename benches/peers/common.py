"""Of all peer benchmarks: timing, peak memory, CSV reading, one child process per case."""
import argparse, json, os, statistics, subprocess, sys, time

import numpy as np


CPU = []  # CPU seconds (all threads) of each repetition of the latest timed()


def hwm_mb():
    """Peak resident memory of this process (VmHWM: not inherited from the parent, unlike ru_maxrss)."""
    with open("/proc/self/status") as f:
        for line in f:
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1024
    return float("nan")


def cpu_now():
    """CPU seconds of all threads of this process."""
    return time.process_time()


def timed(fn, reps, budget_s=60.0):
    """Run fn at least once and up to reps times while the budget lasts; list of seconds and last result."""
    times, out, start = [], None, time.perf_counter()
    CPU.clear()
    for _ in range(reps):
        t, c = time.perf_counter(), cpu_now()
        out = fn()
        times.append(time.perf_counter() - t)
        CPU.append(cpu_now() - c)
        if time.perf_counter() - start + times[-1] > budget_s:
            break
    return times, out


def report(name, size, times, checksum, **extra):
    print(json.dumps({
        "name": name, "size": size, "seconds": statistics.median(times), "min_s": min(times),
        "max_s": max(times), "cpu_s": statistics.median(CPU) if CPU else None, "reps": len(times), "peak_rss_mb": round(hwm_mb(), 1),
        "checksum": checksum, "load1": round(os.getloadavg()[0], 2), **extra}), flush=True)


def read_csv(path):
    """Columns of a CSV as a dict of NumPy arrays."""
    import polars as pl
    df = pl.read_csv(path)
    return {c: df[c].to_numpy().copy() for c in df.columns}


def write_csv(path, cols):
    import polars as pl
    pl.DataFrame(cols).write_csv(path)


def args_for(desc, sizes, peers):
    """Common command line. Without --peer/--size every (size, peer) pair runs in a child of its own."""
    p = argparse.ArgumentParser(description=desc)
    p.add_argument("--data", required=True, help="folder that gen_*.py wrote")
    p.add_argument("--size", default=None)
    p.add_argument("--peer", default=None)
    p.add_argument("--reps", type=int, default=5)
    p.add_argument("--timeout", type=float, default=150.0, help="seconds for one (size, peer) child")
    a = p.parse_args()
    if a.size is not None and a.peer is not None:
        return a
    for size in ([a.size] if a.size else sizes):
        for peer in ([a.peer] if a.peer else peers):
            run_child(a, size, peer)
    return None


def run_child(a, size, peer):
    cmd = [sys.executable, os.path.abspath(sys.argv[0]), "--data", a.data, "--size", str(size),
           "--peer", peer, "--reps", str(a.reps)]
    try:
        r = subprocess.run(cmd, capture_output=True, text=True, timeout=a.timeout)
        lines = [x for x in r.stdout.splitlines() if x.startswith("{")]
        if lines:
            print("\n".join(lines), flush=True)
        if r.returncode != 0:
            print(json.dumps({"name": peer, "size": size, "error": (r.stderr.strip().splitlines() or ["?"])[-1][:300]}),
                  flush=True)
    except subprocess.TimeoutExpired:
        print(json.dumps({"name": peer, "size": size, "error": f"timeout {a.timeout:.0f} s"}), flush=True)
