//! Fill-reducing order of a symmetric matrix: approximate minimum degree on a quotient graph.
//!
//! P. R. Amestoy, T. A. Davis, I. S. Duff, "An approximate minimum degree ordering algorithm", SIAM J. Matrix Anal.
//! Appl. 17 (1996) 886–905: eliminated vertices become *elements* (cliques kept as lists of members), degrees are
//! bounded from above, vertices with the same neighbours are merged, elements inside a newer one are absorbed.

/// Vertices of more neighbours than this multiple of √n are ordered last: they would be touched at every step.
const DENSE: f64 = 10.0;

const NONE: u32 = u32::MAX;

/// Order in which to eliminate the vertices of an undirected graph so that little fill arises.
///
/// Neighbours of vertex `i` are `index[start[i]..start[i + 1]]`, both directions stored, no loops, no repeats. The
/// answer lists the vertices, first eliminated first. The same graph always gives the same order.
/// Complexity: close to O(edges of the filled graph) in practice.
#[must_use]
pub fn minimum_degree(start: &[usize], index: &[u32]) -> Vec<u32> {
    Quotient::new(start, index).order()
}

struct Quotient {
    /// Segment of every vertex in `list`: elements first, then vertices.
    begin: Vec<usize>,
    elements: Vec<u32>,
    length: Vec<u32>,
    list: Vec<u32>,
    /// Vertices merged into this one, itself included; 0 when merged away, eliminated or put last.
    weight: Vec<u32>,
    /// Where a vertex went: into the pivot or the vertex it was merged with.
    merged: Vec<u32>,
    /// Members of element `e`: `members[first[e]..last[e]]`; alive while no newer element holds them all.
    members: Vec<u32>,
    first: Vec<usize>,
    last: Vec<usize>,
    alive: Vec<bool>,
    element_weight: Vec<u32>,
    /// Upper bound of the number of neighbours, and the lists of vertices by it.
    degree: Vec<u32>,
    buckets: Buckets,
    mark: Vec<u32>,
    stamp: u32,
    dense: Vec<u32>,
    live: u32,
    /// Scratch of [`Self::prune`] and [`Self::merge_alike`].
    kept: Vec<u32>,
    hashed: Vec<(u64, u32)>,
}

impl Quotient {
    fn new(start: &[usize], index: &[u32]) -> Self {
        let n = start.len() - 1;
        let limit = (DENSE * (n as f64).sqrt()).max(16.0) as usize;
        let mut graph = Self {
            begin: start[..n].to_vec(),
            elements: vec![0; n],
            length: (0..n).map(|i| (start[i + 1] - start[i]) as u32).collect(),
            list: index.to_vec(),
            weight: vec![1; n],
            merged: vec![NONE; n],
            members: Vec::with_capacity(index.len()),
            first: vec![0; n],
            last: vec![0; n],
            alive: vec![false; n],
            element_weight: vec![0; n],
            degree: vec![0; n],
            buckets: Buckets::new(n),
            mark: vec![0; n],
            stamp: 0,
            dense: Vec::new(),
            live: 0,
            kept: Vec::new(),
            hashed: Vec::new(),
        };
        for i in 0..n {
            if start[i + 1] - start[i] > limit {
                graph.weight[i] = 0;
                graph.dense.push(i as u32);
            }
        }
        graph.live = (n - graph.dense.len()) as u32;
        for i in (0..n).rev().filter(|i| start[i + 1] - start[*i] <= limit) {
            let near = &index[start[i]..start[i + 1]];
            graph.degree[i] = near.iter().filter(|v| graph.weight[**v as usize] > 0).count() as u32;
            graph.buckets.insert(i as u32, graph.degree[i]);
        }
        graph
    }

    fn order(mut self) -> Vec<u32> {
        let n = self.begin.len();
        let (mut pivots, mut eliminated) = (Vec::with_capacity(n), 0);
        let mut outside = vec![0_u32; n];
        let mut seen = vec![0_u32; n];
        while eliminated < self.live {
            let pivot = self.buckets.pop_lowest();
            pivots.push(pivot);
            eliminated += self.weight[pivot as usize];
            self.weight[pivot as usize] = 0;
            self.form_element(pivot);
            self.count_outside(pivot, &mut outside, &mut seen);
            eliminated += self.prune(pivot, &outside);
            self.merge_alike(pivot);
            self.reinsert(pivot, self.live - eliminated);
        }
        let mut order = self.with_merged(&pivots);
        order.extend(&self.dense);
        order
    }

    /// The vertices next to the pivot, directly or through its elements, become its members.
    fn form_element(&mut self, pivot: u32) {
        let p = pivot as usize;
        self.stamp += 1;
        self.first[p] = self.members.len();
        let (from, to) = (self.begin[p], self.begin[p] + self.length[p] as usize);
        let split = from + self.elements[p] as usize;
        for at in from..split {
            let e = self.list[at] as usize;
            if !self.alive[e] {
                continue;
            }
            self.alive[e] = false;
            for k in self.first[e]..self.last[e] {
                self.join(self.members[k]);
            }
        }
        for at in split..to {
            self.join(self.list[at]);
        }
        self.last[p] = self.members.len();
        self.alive[p] = true;
        for k in self.first[p]..self.last[p] {
            let i = self.members[k];
            self.buckets.remove(i, self.degree[i as usize]);
        }
    }

    fn join(&mut self, vertex: u32) {
        let v = vertex as usize;
        if self.weight[v] > 0 && self.mark[v] != self.stamp {
            self.mark[v] = self.stamp;
            self.members.push(vertex);
        }
    }

    /// For every element that touches the new one: the weight of its members outside.
    fn count_outside(&self, pivot: u32, outside: &mut [u32], seen: &mut [u32]) {
        for k in self.range_of(pivot) {
            let i = self.members[k] as usize;
            for &e in &self.list[self.begin[i]..self.begin[i] + self.elements[i] as usize] {
                let e = e as usize;
                if self.alive[e] {
                    if seen[e] != self.stamp {
                        seen[e] = self.stamp;
                        outside[e] = self.element_weight[e];
                    }
                    outside[e] -= self.weight[i];
                }
            }
        }
    }

    /// Shortens the lists of the members; a member with no neighbour outside is eliminated with the pivot. Gives the
    /// weight so eliminated; `degree` then holds the members' weight outside the new element, plus the old bound.
    fn prune(&mut self, pivot: u32, outside: &[u32]) -> u32 {
        let mut gone = 0;
        let mut kept = std::mem::take(&mut self.kept);
        for k in self.range_of(pivot) {
            let i = self.members[k] as usize;
            let (from, to) = (self.begin[i], self.begin[i] + self.length[i] as usize);
            let split = from + self.elements[i] as usize;
            kept.clear();
            kept.push(pivot);
            let mut beyond = 0;
            for at in from..split {
                let e = self.list[at] as usize;
                if self.alive[e] && outside[e] > 0 {
                    kept.push(e as u32);
                    beyond += outside[e];
                } else {
                    self.alive[e] = false;
                }
            }
            self.elements[i] = kept.len() as u32;
            for at in split..to {
                let v = self.list[at] as usize;
                if self.weight[v] > 0 && self.mark[v] != self.stamp {
                    kept.push(v as u32);
                    beyond += self.weight[v];
                }
            }
            if beyond == 0 {
                gone += self.weight[i];
                self.weight[i] = 0;
                self.merged[i] = pivot;
                continue;
            }
            self.length[i] = kept.len() as u32;
            self.list[from..from + kept.len()].copy_from_slice(&kept);
            self.degree[i] = self.degree[i].min(beyond);
        }
        self.kept = kept;
        gone
    }

    /// Merges members with the same elements and neighbours.
    fn merge_alike(&mut self, pivot: u32) {
        let mut hashed = std::mem::take(&mut self.hashed);
        hashed.clear();
        for i in self.range_of(pivot).map(|k| self.members[k] as usize).filter(|i| self.weight[*i] > 0) {
            let list = &self.list[self.begin[i]..self.begin[i] + self.length[i] as usize];
            let sum = list.iter().fold(u64::from(self.length[i]) << 40, |total, v| total + u64::from(*v));
            hashed.push((sum, i as u32));
        }
        hashed.sort_unstable();
        for first in 0..hashed.len() {
            let (hash, i) = hashed[first];
            if self.weight[i as usize] == 0 || hashed.get(first + 1).is_none_or(|next| next.0 != hash) {
                continue;
            }
            self.stamp += 1;
            let list = self.begin[i as usize]..self.begin[i as usize] + self.length[i as usize] as usize;
            for at in list {
                self.mark[self.list[at] as usize] = self.stamp;
            }
            for &(_, j) in hashed[first + 1..].iter().take_while(|next| next.0 == hash) {
                if self.weight[j as usize] > 0 && self.alike(i as usize, j as usize) {
                    self.weight[i as usize] += self.weight[j as usize];
                    self.weight[j as usize] = 0;
                    self.merged[j as usize] = i;
                }
            }
        }
        self.hashed = hashed;
    }

    /// Whether the list of `j` has exactly the entries of that of `i`, which carry the current stamp.
    fn alike(&self, i: usize, j: usize) -> bool {
        self.elements[i] == self.elements[j]
            && self.length[i] == self.length[j]
            && self.list[self.begin[j]..self.begin[j] + self.length[j] as usize]
                .iter()
                .all(|v| self.mark[*v as usize] == self.stamp)
    }

    /// Puts the members that remain back under their new bounds.
    fn reinsert(&mut self, pivot: u32, left: u32) {
        let p = pivot as usize;
        let total: u32 = self.range_of(pivot).map(|k| self.weight[self.members[k] as usize]).sum();
        self.element_weight[p] = total;
        for k in self.range_of(pivot) {
            let i = self.members[k] as usize;
            if self.weight[i] > 0 {
                let own = self.weight[i];
                self.degree[i] = (self.degree[i] + total - own).min(left - own);
                self.buckets.insert(i as u32, self.degree[i]);
            }
        }
    }

    fn range_of(&self, element: u32) -> std::ops::Range<usize> {
        self.first[element as usize]..self.last[element as usize]
    }

    /// Every pivot, followed by what was merged into it.
    fn with_merged(&self, pivots: &[u32]) -> Vec<u32> {
        let n = self.begin.len();
        let mut next = vec![NONE; n];
        let mut head = vec![NONE; n];
        for i in (0..n).rev().filter(|i| self.merged[*i] != NONE) {
            let mut root = self.merged[i] as usize;
            while self.merged[root] != NONE {
                root = self.merged[root] as usize;
            }
            next[i] = head[root];
            head[root] = i as u32;
        }
        let mut order = Vec::with_capacity(n);
        for &pivot in pivots {
            order.push(pivot);
            let mut child = head[pivot as usize];
            while child != NONE {
                order.push(child);
                child = next[child as usize];
            }
        }
        order
    }
}

/// Doubly linked lists of vertices by degree.
struct Buckets {
    head: Vec<u32>,
    next: Vec<u32>,
    previous: Vec<u32>,
    lowest: usize,
}

impl Buckets {
    fn new(n: usize) -> Self {
        Self { head: vec![NONE; n + 1], next: vec![NONE; n], previous: vec![NONE; n], lowest: 0 }
    }

    fn insert(&mut self, vertex: u32, degree: u32) {
        let (v, d) = (vertex as usize, degree as usize);
        self.next[v] = self.head[d];
        self.previous[v] = NONE;
        if self.head[d] != NONE {
            self.previous[self.head[d] as usize] = vertex;
        }
        self.head[d] = vertex;
        self.lowest = self.lowest.min(d);
    }

    fn remove(&mut self, vertex: u32, degree: u32) {
        let (before, after) = (self.previous[vertex as usize], self.next[vertex as usize]);
        if before == NONE {
            self.head[degree as usize] = after;
        } else {
            self.next[before as usize] = after;
        }
        if after != NONE {
            self.previous[after as usize] = before;
        }
    }

    /// Takes a vertex of lowest degree; there must be one.
    fn pop_lowest(&mut self) -> u32 {
        while self.head[self.lowest] == NONE {
            self.lowest += 1;
        }
        let vertex = self.head[self.lowest];
        self.remove(vertex, self.lowest as u32);
        vertex
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(n: usize, edges: &[(u32, u32)]) -> (Vec<usize>, Vec<u32>) {
        let mut near = vec![Vec::new(); n];
        for &(a, b) in edges {
            near[a as usize].push(b);
            near[b as usize].push(a);
        }
        let mut start = vec![0];
        let mut index = Vec::new();
        for list in near {
            index.extend(list);
            start.push(index.len());
        }
        (start, index)
    }

    fn sorted(mut order: Vec<u32>) -> Vec<u32> {
        order.sort_unstable();
        order
    }

    #[test]
    fn a_star_is_eliminated_from_its_points() {
        let edges: Vec<(u32, u32)> = (1..9).map(|i| (0, i)).collect();
        let (start, index) = graph(9, &edges);
        let order = minimum_degree(&start, &index);
        assert_eq!(sorted(order.clone()), (0..9).collect::<Vec<_>>());
        let centre = order.iter().position(|v| *v == 0).unwrap();
        assert!(centre >= 7, "the centre comes last or next to last: {order:?}");
    }

    #[test]
    fn every_vertex_stands_once_in_the_order() {
        // A grid with a vertex that touches everything: dense treatment, merging and absorption all occur.
        let (side, n) = (20_u32, 401);
        let mut edges = Vec::new();
        for row in 0..side {
            for column in 0..side {
                let here = row * side + column;
                edges.push((here, 400));
                if column + 1 < side {
                    edges.push((here, here + 1));
                }
                if row + 1 < side {
                    edges.push((here, here + side));
                }
            }
        }
        let (start, index) = graph(n, &edges);
        let order = minimum_degree(&start, &index);
        assert_eq!(order.last(), Some(&400));
        assert_eq!(sorted(order), (0..n as u32).collect::<Vec<_>>());
    }

    #[test]
    fn no_vertices_no_order() {
        assert!(minimum_degree(&[0], &[]).is_empty());
    }
}
