"""W4 peers: weighted least squares under mass balance, without and with x >= 0.

seconds = flow columns in memory -> reconciled flows (the building of matrices and models is inside).
checksum = [objective, sum of reconciled flows].
"""
import os
import numpy as np
import scipy.sparse as sp
from common import args_for, read_csv, report, timed

PEERS = ["normal_cholmod", "clarabel_nonneg"]
SIZES = [50, 500, 5000, 50000]


def balance(src, dst, m):
    n = int(max(src.max(), dst.max())) + 1
    i, j = np.flatnonzero(dst >= 0), np.flatnonzero(src >= 0)
    return sp.coo_array((np.r_[np.ones(i.size), -np.ones(j.size)], (np.r_[dst[i], src[j]], np.r_[i, j])), shape=(n, m)).tocsc()


def solve(peer, src, dst, y, sd):
    m = y.size
    a = balance(src, dst, m)
    n = a.shape[0]
    var = sd * sd
    info = {}
    if peer == "normal_cholmod":
        from cvxopt import cholmod, matrix, spmatrix
        low = sp.tril(((a * var[None, :]) @ a.T).tocsc()).tocoo()
        v = matrix(a @ y)
        cholmod.linsolve(spmatrix(low.data, low.coords[0], low.coords[1], (n, n)), v)
        x = y - var * (a.T @ np.array(v).ravel())
    elif peer == "clarabel_nonneg":
        import clarabel
        b = (a * sd[None, :]).tocsc()  # z = x / sd
        g = sp.vstack([b, -sp.eye_array(m)], format="csc")
        st = clarabel.DefaultSettings()
        st.verbose = False
        st.max_threads = 2
        s = clarabel.DefaultSolver(sp.csc_matrix(sp.eye_array(m)), -y / sd, sp.csc_matrix(g), np.zeros(n + m),
                                   [clarabel.ZeroConeT(n), clarabel.NonnegativeConeT(m)], st)
        r = s.solve()
        x = np.array(r.x) * sd
        info.update(status=str(r.status), iterations=r.iterations)
    return x, np.abs(a @ x).max(), info


if __name__ == "__main__":
    a = args_for(__doc__, SIZES, PEERS)
    if a:
        f = read_csv(os.path.join(a.data, f"w4_{a.size}", "flows.csv"))
        args = (f["src"], f["dst"], f["value"], f["sd"])
        times, (x, gap, info) = timed(lambda: solve(a.peer, *args), a.reps, 40)
        report("w4_" + a.peer, int(a.size), times, [float((((x - f["value"]) / f["sd"]) ** 2).sum()), float(x.sum())],
               imbalance=float(gap), negative=int((x < -1e-9).sum()), **info)
