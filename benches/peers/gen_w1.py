"""W1 data: steady-state flow networks. Usage: gen_w1.py OUT [--sizes 100,1000,...]

Writes OUT/w1_KIND_N/nodes.csv (id, inflow) and edges.csv (src, dst, tc). Seed = 1000 + N.
About 10 % of the processes (and the last one) are sinks without outflows. Every other one has 2..6
outflows (mean 4) with coefficients from normalised uniforms, times 0.98 (2 % is lost on the way).
98 % of the edges go forward: 'local' = to i + 1 + floor(Exp(50)), a value chain with neighbours;
'random' = to a uniform later process. 2 % are recycle edges that go back the same way.
Node ids are then shuffled, so that no solver is handed a topological order. 10 % of the processes have exogenous inflow, lognormal(3, 1). Duplicate edges may occur: they add up.
"""
import argparse, os
import numpy as np
from common import write_csv


def network(n, kind):
    r = np.random.default_rng(1000 + n)
    sink = r.random(n) < 0.10
    sink[-1] = True
    deg = r.integers(2, 7, n)
    deg[sink] = 0
    src = np.repeat(np.arange(n), deg)
    back = r.random(src.size) < 0.02
    hop = 1 + np.floor(r.exponential(50.0, src.size)).astype(np.int64)
    u = r.random(src.size)
    if kind == "local":
        dst = np.where(back, np.maximum(src - hop, 0), np.minimum(src + hop, n - 1))
    else:
        dst = np.where(back, np.floor(u * np.maximum(src, 1)).astype(np.int64),
                       np.minimum(src + 1 + np.floor(u * (n - 1 - src)).astype(np.int64), n - 1))
    w = 0.05 + r.random(src.size)
    tc = 0.98 * w / np.bincount(src, w, n)[src]
    inflow = np.where(r.random(n) < 0.10, r.lognormal(3.0, 1.0, n), 0.0)
    inflow[0] = 20.0
    keep = src != dst
    name = r.permutation(n)
    named_inflow = np.empty(n)
    named_inflow[name] = inflow
    order = r.permutation(int(keep.sum()))
    return named_inflow, name[src[keep]][order], name[dst[keep]][order], tc[keep][order]


if __name__ == "__main__":
    p = argparse.ArgumentParser()
    p.add_argument("out")
    p.add_argument("--sizes", default="100,1000,10000,100000,1000000")
    a = p.parse_args()
    for n in map(int, a.sizes.split(",")):
        for kind in ("local", "random"):
            d = os.path.join(a.out, f"w1_{kind}_{n}")
            os.makedirs(d, exist_ok=True)
            inflow, src, dst, tc = network(n, kind)
            write_csv(f"{d}/nodes.csv", {"id": np.arange(n), "inflow": inflow})
            write_csv(f"{d}/edges.csv", {"src": src, "dst": dst, "tc": tc})
