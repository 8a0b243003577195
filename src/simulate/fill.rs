//! Filling a group: all members rise together until each has stopped (docs/equations.md, E-02).
//!
//! `a = θ · share`. A member stops at its capacity, or when the feed left in its market or the room left in its
//! called market is used up; the others go on.

use super::scalar::{Branches, Scalar};
use crate::network::groups::Group;

/// What filling a member needs.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct MemberTerms {
    pub(super) share: f64,
    pub(super) capacity: f64,
    /// Feed queue among the group's queues (`NONE` without) and feed per activity.
    pub(super) feed: (usize, f64),
    /// Called queue and product per activity.
    pub(super) called: (usize, f64),
}

/// No queue.
pub(super) const NONE: usize = usize::MAX;

impl MemberTerms {
    fn uses(&self) -> impl Iterator<Item = (usize, f64)> {
        [self.feed, self.called].into_iter().filter(|&(queue, amount)| queue != NONE && amount > 0.0)
    }
}

/// Scratch of filling.
#[derive(Clone, Debug)]
pub(super) struct FillScratch {
    pub(super) terms: Vec<MemberTerms>,
    active: Vec<usize>,
    rate: Vec<f64>,
    users: Vec<usize>,
    /// What is left in the queues of a lone group, and its members' activities.
    pub(super) left: Vec<f64>,
    pub(super) filled: Vec<f64>,
}

impl FillScratch {
    pub(super) fn new(members: usize, queues: usize) -> Self {
        Self {
            terms: vec![MemberTerms::default(); members],
            active: Vec::with_capacity(members),
            rate: vec![0.0; queues],
            users: vec![0; queues],
            left: vec![0.0; queues],
            filled: vec![0.0; members],
        }
    }

    /// Loads the terms of a group's members from a column of parameters.
    pub(super) fn load(
        &mut self,
        group: &Group,
        rows: &crate::plan::Rows,
        parameters: &crate::plan::ParameterBlock,
        column: usize,
    ) {
        let width = parameters.width;
        for (terms, member) in self.terms.iter_mut().zip(&group.members) {
            let process = super::block::at(member.process, width, column);
            let first = rows.first[crate::id::Id::index(member.process)] as usize;
            let queue = |side: Option<(usize, usize)>| {
                side.map_or((NONE, 0.0), |(queue, row)| {
                    (queue, parameters.coefficient[(first + row) * width + column])
                })
            };
            *terms = MemberTerms {
                share: parameters.share[process],
                capacity: parameters.capacity[process],
                feed: queue(member.feed),
                called: queue(member.called),
            };
        }
    }

    /// Fills `n_members` loaded members from what is `left` in their queues (used up on the way); activities
    /// go to `filled`. Complexity O(members) for one member or events at once, else O(events × members).
    pub(super) fn fill<T: Scalar>(
        &mut self,
        n_members: usize,
        left: &mut [T],
        filled: &mut [T],
        branches: &mut Branches,
    ) {
        if n_members == 1 {
            filled[0] = alone(&self.terms[0], left, branches);
            return;
        }
        self.active.clear();
        for (at, terms) in self.terms[..n_members].iter().enumerate() {
            filled[at] = T::constant(0.0);
            if terms.share > 0.0 && terms.capacity > 0.0 {
                self.active.push(at);
            }
        }
        while !self.active.is_empty() {
            let event = self.next_event(left);
            match event {
                Event::Nothing => {
                    // Uncapped and unlimited on every side: nothing asks them to run.
                    return;
                }
                Event::Capacity(theta) => self.stop_full(theta, left, filled, branches),
                Event::Queue(queue) => self.stop_queue(queue, left, filled, branches),
            }
        }
    }

    /// The first thing that happens to the active members: `left` holds what stopped members have not used.
    fn next_event<T: Scalar>(&mut self, left: &[T]) -> Event {
        self.rate[..left.len()].fill(0.0);
        self.users[..left.len()].fill(0);
        let mut capacity = f64::INFINITY;
        for &at in &self.active {
            let terms = &self.terms[at];
            capacity = capacity.min(terms.capacity / terms.share);
            for (queue, amount) in terms.uses() {
                self.rate[queue] += amount * terms.share;
                self.users[queue] += 1;
            }
        }
        let mut first = (f64::INFINITY, Event::Nothing);
        for (queue, left) in left.iter().enumerate() {
            if self.users[queue] == 0 {
                continue;
            }
            let theta = left.value().max(0.0) / self.rate[queue];
            if theta < first.0 {
                first = (theta, Event::Queue(queue));
            }
        }
        // A tie goes to capacity: what is full is a constant.
        if capacity <= first.0 && capacity.is_finite() { Event::Capacity(capacity) } else { first.1 }
    }

    fn stop_full<T: Scalar>(
        &mut self,
        theta: f64,
        left: &mut [T],
        filled: &mut [T],
        branches: &mut Branches,
    ) {
        let terms = &self.terms;
        self.active.retain(|&at| {
            let terms = &terms[at];
            if terms.capacity / terms.share > theta {
                return true;
            }
            filled[at] = T::constant(terms.capacity);
            branches.note(2 * at as u64);
            for (queue, amount) in terms.uses() {
                left[queue] = left[queue] - filled[at] * amount;
            }
            false
        });
    }

    fn stop_queue<T: Scalar>(
        &mut self,
        queue: usize,
        left: &mut [T],
        filled: &mut [T],
        branches: &mut Branches,
    ) {
        let terms = &self.terms;
        let theta = left[queue].or_zero() / self.rate[queue];
        branches.note(2 * queue as u64 + 1);
        self.active.retain(|&at| {
            let terms = &terms[at];
            if !terms.uses().any(|(used, _)| used == queue) {
                return true;
            }
            filled[at] = theta * terms.share;
            for (used, amount) in terms.uses().filter(|&(used, _)| used != queue) {
                left[used] = left[used] - filled[at] * amount;
            }
            false
        });
        left[queue] = T::constant(0.0);
    }
}

/// A lone member takes what it can.
fn alone<T: Scalar>(terms: &MemberTerms, left: &[T], branches: &mut Branches) -> T {
    let mut activity: Option<T> = None;
    let mut branch = 0;
    for (at, (queue, amount)) in terms.uses().enumerate() {
        let bound = left[queue].or_zero() / amount;
        if activity.is_none_or(|activity| bound.value() < activity.value()) {
            activity = Some(bound);
            branch = at as u64 + 1;
        }
    }
    let result = match activity {
        Some(activity) if activity.value() < terms.capacity => activity,
        // Nothing on any side asks it to run.
        None if terms.capacity.is_infinite() => T::constant(0.0),
        _ => {
            branch = 0;
            T::constant(terms.capacity)
        }
    };
    if terms.share > 0.0 {
        branches.note(branch);
        result
    } else {
        T::constant(0.0)
    }
}

/// The next event of a filling.
#[derive(Clone, Copy, Debug)]
enum Event {
    /// Nothing limits the rest.
    Nothing,
    /// Members reach capacity at this θ.
    Capacity(f64),
    /// A queue is used up.
    Queue(usize),
}
