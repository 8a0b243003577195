"""W1 peers: all flows of a steady-state network x = b + T'x, flow_e = tc_e * x[src_e].

seconds = from edge arrays in memory to the flow of every edge (assembly + solve); CSV reading apart.
checksum = [sum of throughputs, sum of edge flows * (1 + (edge index mod 7))].
"""
import os
import numpy as np
import scipy.sparse as sp
from numba import njit

from common import args_for, read_csv, report, timed

PEERS = ["numba_gauss_seidel", "umfpack", "fixpoint_matvec"]
SIZES = [f"{k}_{n}" for k in ("local", "random") for n in (100, 1000, 10000, 100000, 1000000)]


def load(folder):
    nodes, edges = read_csv(f"{folder}/nodes.csv"), read_csv(f"{folder}/edges.csv")
    return nodes["inflow"].astype(float), edges["src"], edges["dst"], edges["tc"]


def solve(peer, n, b, src, dst, tc):
    info = {}
    if peer == "umfpack":
        from cvxopt import matrix, spmatrix, umfpack  # cvxopt bundles SuiteSparse UMFPACK
        m = (sp.eye_array(n, format="csc") - sp.coo_array((tc, (dst, src)), shape=(n, n)).tocsc()).tocoo()
        v = matrix(b)
        umfpack.linsolve(spmatrix(m.data, m.coords[0], m.coords[1], (n, n)), v)
        x = np.array(v).ravel()
    elif peer == "fixpoint_matvec":
        t = sp.coo_array((tc, (dst, src)), shape=(n, n)).tocsr()
        x = b.copy()
        for k in range(20000):
            y = t @ x
            y += b
            if np.abs(y - x).max() <= 1e-12 * np.abs(y).max():
                x = y
                break
            x = y
        info["iterations"] = k + 1
    elif peer == "numba_gauss_seidel":
        out = sp.coo_array((tc, (src, dst)), shape=(n, n)).tocsr()
        order = reverse_postorder(out.indptr, out.indices, np.argsort(b == 0, kind="stable"))
        place = np.empty(n, dtype=np.int64)
        place[order] = np.arange(n)
        t = sp.coo_array((tc, (place[dst], place[src])), shape=(n, n)).tocsr()
        bo = b[order]
        xo = bo.copy()
        info["iterations"] = gs(t.indptr, t.indices, t.data, bo, xo)
        x = xo[place]
    return x, tc * x[src], info


@njit(cache=True)
def reverse_postorder(ptr, idx, roots):
    n = roots.size
    seen, at = np.zeros(n, np.bool_), ptr[:-1].copy()
    stack, out, k = np.empty(n, np.int64), np.empty(n, np.int64), n
    for root in roots:
        if seen[root]:
            continue
        seen[root] = True
        stack[0] = root
        top = 1
        while top:
            v = stack[top - 1]
            if at[v] < ptr[v + 1]:
                w = idx[at[v]]
                at[v] += 1
                if not seen[w]:
                    seen[w] = True
                    stack[top] = w
                    top += 1
            else:
                top -= 1
                k -= 1
                out[k] = v
    return out


@njit(cache=True)
def gs(ptr, idx, val, b, x):
    for k in range(20000):
        worst, top = 0.0, 0.0
        for i in range(b.size):
            s = b[i]
            for e in range(ptr[i], ptr[i + 1]):
                s += val[e] * x[idx[e]]
            d = abs(s - x[i])
            worst = max(worst, d)
            top = max(top, abs(s))
            x[i] = s
        if worst <= 1e-12 * top:
            return k + 1
    return -1


if __name__ == "__main__":
    a = args_for(__doc__, SIZES, PEERS)
    if a:
        n = int(a.size.split("_")[1])
        b, src, dst, tc = load(os.path.join(a.data, f"w1_{a.size}"))
        if a.peer == "numba_gauss_seidel":
            solve(a.peer, 3, np.ones(3), np.array([0, 1]), np.array([1, 2]), np.array([.5, .5]))
        times, (x, f, info) = timed(lambda: solve(a.peer, n, b, src, dst, tc), a.reps, 40)
        res = b - x
        np.add.at(res, dst, tc * x[src])
        report("w1_" + a.peer, a.size, times, [float(x.sum()), float((f * (1 + np.arange(f.size) % 7)).sum())],
               edges=int(src.size), residual=float(np.abs(res).max()), **info)
