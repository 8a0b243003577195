"""W5 peers: project mix as a MILP, and its 20-point epsilon-constraint front. Model: gen_w5.py.

seconds = tables in memory -> proven optimum within a relative gap of 1e-4 (build and solve); build_s apart.
checksum = [objective] or the 20 objectives.
"""
import os, time
import numpy as np
from common import args_for, read_csv, report, timed

PEERS = ["highspy", "highspy_pareto"]
SIZES = [59, 500, 2000]
GAP, LIMIT = 1e-4, 60.0


def rows(t):
    """The constraint matrix as row triplets. Columns: y (n), f (12), z (eligible pairs)."""
    pr, st, el, ex, fu = t["projects"], t["streams"], t["eligible"], t["exclusions"], t["funds"]
    n, s_n, m = pr["id"].size, st["stream"].size, el["project"].size
    r, c, v, hi, lo = [], [], [], [], []
    k = 0

    def block(count, low, high):
        nonlocal k
        lo.append(np.broadcast_to(np.asarray(low, float), count))
        hi.append(np.broadcast_to(np.asarray(high, float), count))
        k += count
        return k - count

    def put(ri, ci, vi):
        r.append(np.asarray(ri)), c.append(np.asarray(ci)), v.append(np.broadcast_to(np.asarray(vi, float), np.shape(ri)))

    s = np.arange(s_n)
    b = block(s_n, -np.inf, st["base_cap"])
    put(b + s, n + s, 1.0), put(b + pr["stream"], np.arange(n), -pr["capacity"])
    b = block(s_n, -np.inf, st["supply"])
    j = np.flatnonzero(st["residue_to"] >= 0)
    put(b + s, n + s, 1.0), put(b + st["residue_to"][j], n + j, -st["residue_share"][j])
    b = block(n, 0.0, 0.0)
    z = n + s_n + np.arange(m)
    put(b + el["project"], z, 1.0), put(b + np.arange(n), np.arange(n), -pr["cost"])
    b = block(m, -np.inf, 0.0)
    put(b + np.arange(m), z, 1.0), put(b + np.arange(m), el["project"], -el["max_share"] * pr["cost"][el["project"]])
    b = block(fu["fund"].size, -np.inf, fu["budget"])
    put(b + el["fund"], z, 1.0)
    d = np.flatnonzero(pr["needs"] >= 0)
    b = block(d.size, -np.inf, 0.0)
    put(b + np.arange(d.size), d, 1.0), put(b + np.arange(d.size), pr["needs"][d], -1.0)
    e = ex["a"].size
    b = block(e, -np.inf, 1.0)
    put(b + np.arange(e), ex["a"], 1.0), put(b + np.arange(e), ex["b"], 1.0)
    b = block(1, -np.inf, np.inf)  # total cost: the epsilon row
    put(np.full(n, b), np.arange(n), pr["cost"])
    return n, s_n, m, np.concatenate(r), np.concatenate(c), np.concatenate(v), np.concatenate(lo), np.concatenate(hi)


def highs(t, pareto):
    import highspy, scipy.sparse as sp
    t0 = time.perf_counter()
    n, s_n, m, r, c, v, lo, hi = rows(t)
    nc = n + s_n + m
    a = sp.coo_array((v, (r, c)), shape=(lo.size, nc)).tocsc()
    inf = highspy.kHighsInf
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = nc, lo.size
    cost = np.zeros(nc)
    cost[n:n + s_n] = t["streams"]["yield"]
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_, lp.col_lower_ = cost, np.zeros(nc)
    lp.col_upper_ = np.r_[np.ones(n), np.full(nc - n, inf)]
    lp.row_lower_, lp.row_upper_ = lo, hi
    lp.integrality_ = [highspy.HighsVarType.kInteger] * n + [highspy.HighsVarType.kContinuous] * (nc - n)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = a.indptr, a.indices, a.data
    h = highspy.Highs()
    h.setOptionValue("output_flag", False)
    h.setOptionValue("mip_rel_gap", GAP)
    h.setOptionValue("time_limit", 4.0 if pareto else LIMIT)
    h.passModel(lp)
    build = time.perf_counter() - t0
    objs, status, gaps = [], [], []
    total = float(t["funds"]["budget"].sum())
    for k in range(1, 21) if pareto else [None]:
        if k:
            h.changeRowBounds(lo.size - 1, -inf, total * k / 20)
            h.setOptionValue("time_limit", h.getRunTime() + 4.0)
        h.run()
        objs.append(h.getInfo().objective_function_value)
        gaps.append(h.getInfo().mip_gap)
        status.append(h.modelStatusToString(h.getModelStatus()))
    return objs, {"build_s": build, "status": sorted(set(status)), "max_gap": float(max(gaps)), "slow_points": sum(s != "Optimal" for s in status),
                  "rows": int(lo.size), "cols": int(nc)}


if __name__ == "__main__":
    a = args_for(__doc__, SIZES, PEERS)
    if a:
        d = os.path.join(a.data, f"w5_{a.size}")
        t = {k: read_csv(f"{d}/{k}.csv") for k in ("projects", "streams", "eligible", "exclusions", "funds")}
        fn = {"highspy": lambda: highs(t, False), "highspy_pareto": lambda: highs(t, True)}[a.peer]
        times, (obj, info) = timed(fn, a.reps, 25)
        report("w5_" + a.peer, int(a.size), times, obj, **info)
