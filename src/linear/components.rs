//! Condensation: which equations depend on each other, in the order in which they can be solved.

use super::rows::Rows;

/// The loops of a dependence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Components {
    /// Members, loop after loop; what a loop depends on stands before it, and within a loop a member stands behind
    /// what it depends on, as far as a depth-first search can tell.
    members: Vec<u32>,
    /// Where each loop begins; one more than there are loops.
    starts: Vec<u32>,
}

impl Components {
    /// Number of loops; an equation alone is one too.
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All members, loop after loop.
    #[must_use]
    pub fn members(&self) -> &[u32] {
        &self.members
    }

    /// Where the members of each loop lie.
    pub fn ranges(&self) -> impl Iterator<Item = std::ops::Range<usize>> {
        self.starts.windows(2).map(|ends| ends[0] as usize..ends[1] as usize)
    }

    /// The loops in order.
    pub fn iter(&self) -> impl Iterator<Item = &[u32]> {
        self.ranges().map(|range| &self.members[range])
    }
}

/// Not met yet.
const UNSEEN: u32 = 0;
/// In a loop that is complete.
const COMPLETE: u32 = u32::MAX;

/// A row that is gone through.
#[derive(Clone, Copy, Debug)]
struct Open {
    row: u32,
    number: u32,
    /// Least number of an open row that can be reached.
    least: u32,
    /// The entries still to be looked at.
    at: u32,
    end: u32,
}

/// The strongly connected components of "row i depends on the columns of its entries" (Tarjan's algorithm without
/// recursion: a chain of any length is no trouble). Complexity O(rows + entries).
///
/// # Panics
/// When there are 2³² − 1 rows.
#[must_use]
pub fn components(rows: &Rows) -> Components {
    let count = rows.len();
    assert!(u32::try_from(count).is_ok_and(|count| count < COMPLETE), "fewer than 2^32 - 1 rows");
    let entries = rows.entries();
    // Beginning and state of every row side by side: one look into memory for both. The state is unseen, the number
    // of an open row, or complete.
    let mut states: Vec<(u32, u32)> = rows.starts().iter().map(|start| (*start, UNSEEN)).collect();
    let mut next_number = 1;
    let mut open: Vec<Open> = Vec::new();
    // Rows that are finished in loops that are not complete, with their numbers.
    let mut waiting: Vec<(u32, u32)> = Vec::new();
    let mut result = Components { members: Vec::with_capacity(count), starts: vec![0] };
    for root in 0..count as u32 {
        if states[root as usize].1 != UNSEEN {
            continue;
        }
        let mut current = entered(&mut states, root, &mut next_number);
        loop {
            let mut below = None;
            while current.at < current.end {
                let column = entries[current.at as usize].0;
                current.at += 1;
                match states[column as usize].1 {
                    UNSEEN => {
                        below = Some(column);
                        break;
                    }
                    number => current.least = current.least.min(number),
                }
            }
            if let Some(row) = below {
                open.push(current);
                current = entered(&mut states, row, &mut next_number);
                continue;
            }
            let finished = current;
            if finished.least == finished.number {
                // A whole loop: what was finished since this row was entered, in that order.
                let first = waiting.iter().rposition(|(_, number)| *number < finished.number);
                for (member, _) in waiting.drain(first.map_or(0, |position| position + 1)..) {
                    states[member as usize].1 = COMPLETE;
                    result.members.push(member);
                }
                states[finished.row as usize].1 = COMPLETE;
                result.members.push(finished.row);
                result.starts.push(result.members.len() as u32);
            } else {
                waiting.push((finished.row, finished.number));
            }
            match open.pop() {
                Some(above) => current = Open { least: above.least.min(finished.least), ..above },
                None => break,
            }
        }
    }
    result
}

fn entered(states: &mut [(u32, u32)], row: u32, next_number: &mut u32) -> Open {
    let number = *next_number;
    *next_number += 1;
    let end = states[row as usize + 1].0;
    let (at, state) = &mut states[row as usize];
    *state = number;
    Open { row, number, least: number, at: *at, end }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(count: usize, edges: &[(u32, u32)]) -> Vec<Vec<u32>> {
        let rows = Rows::of(count, edges.iter().map(|(row, column)| (*row, *column, 1.0)));
        components(&rows).iter().map(<[u32]>::to_vec).collect()
    }

    #[test]
    fn loops_come_behind_what_they_depend_on() {
        // 0 depends on 1, 1 on 2 and 2 on 1; 3 stands alone and depends on itself.
        assert_eq!(of(4, &[(0, 1), (1, 2), (2, 1), (3, 3)]), [vec![2, 1], vec![0], vec![3]]);
        assert_eq!(of(3, &[(0, 1), (1, 2), (2, 0)]), [vec![2, 1, 0]]);
        assert_eq!(of(0, &[]), Vec::<Vec<u32>>::new());
    }

    #[test]
    fn two_loops_that_share_a_member_are_one() {
        let edges = [(0, 1), (1, 0), (1, 2), (2, 1), (3, 2)];
        assert_eq!(of(4, &edges), [vec![2, 1, 0], vec![3]]);
    }

    #[test]
    fn a_chain_of_a_million_is_no_trouble() {
        let count = 1_000_000;
        let rows = Rows::of(count, (0..count as u32 - 1).map(|row| (row, row + 1, 1.0)));
        let found = components(&rows);
        assert_eq!(found.len(), count);
        assert_eq!(found.iter().next(), Some(&[count as u32 - 1][..]));
    }

    #[test]
    fn loops_are_those_of_petgraph() {
        let mut stream = crate::network::generate::Stream::new(5);
        for size in [1, 2, 5, 30, 200] {
            let edges: Vec<(u32, u32)> =
                (0..size * 2).map(|_| (stream.below(size) as u32, stream.below(size) as u32)).collect();
            let mut graph = petgraph::graph::DiGraph::<(), ()>::new();
            let nodes: Vec<_> = (0..size).map(|_| graph.add_node(())).collect();
            for (row, column) in &edges {
                graph.add_edge(nodes[*row as usize], nodes[*column as usize], ());
            }
            let sorted = |loops: Vec<Vec<u32>>| {
                let mut loops: Vec<Vec<u32>> = loops
                    .into_iter()
                    .map(|mut members| {
                        members.sort_unstable();
                        members
                    })
                    .collect();
                loops.sort();
                loops
            };
            let known = petgraph::algo::tarjan_scc(&graph);
            let known = known.into_iter().map(|loops| loops.iter().map(|n| n.index() as u32).collect());
            let found = of(size, &edges);
            let mut place = vec![0; size];
            for (position, members) in found.iter().enumerate() {
                members.iter().for_each(|member| place[*member as usize] = position);
            }
            assert!(edges.iter().all(|(row, column)| place[*column as usize] <= place[*row as usize]));
            assert_eq!(sorted(found), sorted(known.collect()));
        }
    }
}
