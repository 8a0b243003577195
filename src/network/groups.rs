//! Groups: the members of one tier that share a queue, filled together.

use super::Network;
use super::build::made_on_call;
use crate::id::{Id, MarketId, ProcessId};
use crate::model::{Driver, Model};

/// Order of tiers: `feed` and `both` before `demand`, then by priority, 1 first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TierKey {
    /// 0 for `feed` and `both`, 1 for `demand`.
    pub class: u8,
    /// Priority of the members.
    pub priority: i32,
}

/// What members of a queue share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The feed left in a market.
    Feed,
    /// The room left in a market they sell to on call.
    Called,
}

/// One tier's place in one market: what its members have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Queue {
    /// Market.
    pub market: MarketId,
    /// Feed or called.
    pub side: Side,
    /// Tier.
    pub key: TierKey,
    /// The group that holds all its members.
    pub group: usize,
}

/// A process in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// Process.
    pub process: ProcessId,
    /// Position of its feed queue among the group's queues, and the recipe row taken.
    pub feed: Option<(usize, usize)>,
    /// Position of its called queue among the group's queues, and the recipe row made on call.
    pub called: Option<(usize, usize)>,
}

/// Members of one tier joined by common queues.
#[derive(Clone, Debug)]
pub struct Group {
    /// Tier.
    pub key: TierKey,
    /// Members by process.
    pub members: Vec<Member>,
    /// Positions of its queues in [`Groups::queues`].
    pub queues: Vec<usize>,
}

/// All groups and queues of a network.
#[derive(Clone, Debug)]
pub struct Groups {
    /// Groups, by their first process.
    pub groups: Vec<Group>,
    /// Queues, by market, side and tier.
    pub queues: Vec<Queue>,
    /// Group of every process; `None` for `level`.
    pub of: Vec<Option<usize>>,
}

/// The tier a process belongs to; `None` for `level`.
#[must_use]
pub fn tier_of(driver: Driver, priority: i32) -> Option<TierKey> {
    match driver {
        Driver::Level => None,
        Driver::Feed | Driver::Both => Some(TierKey { class: 0, priority }),
        Driver::Demand => Some(TierKey { class: 1, priority }),
    }
}

/// Joins the processes of a model to groups by union-find. Complexity O(n log n) in processes.
#[must_use]
pub fn find(model: &Model, network: &Network) -> Groups {
    let mut at: Vec<((MarketId, Side, TierKey), ProcessId, usize)> =
        Vec::with_capacity(model.processes.len());
    for (id, process) in model.processes.enumerate() {
        let Some(key) = tier_of(process.driver, process.priority) else { continue };
        let trades = &network.trades[id.index()];
        let sides = [(Side::Feed, process.taken()), (Side::Called, made_on_call(process))];
        for (side, row) in sides {
            if let Some((row, market)) = row.and_then(|row| Some((row, trades[row]?))) {
                at.push(((market, side, key), id, row));
            }
        }
    }
    at.sort_unstable();
    let same_queue = |a: &(_, ProcessId, usize), b: &(_, ProcessId, usize)| a.0 == b.0;
    let mut joined = Joined::of(model.processes.len());
    for members in at.chunk_by(same_queue) {
        for pair in members.windows(2) {
            joined.join(pair[0].1.index(), pair[1].1.index());
        }
    }
    let mut groups: Vec<Group> = Vec::new();
    let mut of = vec![None; model.processes.len()];
    for (id, process) in model.processes.enumerate() {
        let Some(key) = tier_of(process.driver, process.priority) else { continue };
        let first = joined.first(id.index());
        let group = *of[first].get_or_insert_with(|| {
            groups.push(Group { key, members: Vec::new(), queues: Vec::new() });
            groups.len() - 1
        });
        of[id.index()] = Some(group);
        groups[group].members.push(Member { process: id, feed: None, called: None });
    }
    let mut queues = Vec::new();
    for members in at.chunk_by(same_queue) {
        let ((market, side, key), first, _) = members[0];
        let group = of[first.index()].expect("a member of a queue has a group");
        let local = groups[group].queues.len();
        groups[group].queues.push(queues.len());
        for &(_, process, row) in members {
            let list = &mut groups[group].members;
            let found = list.binary_search_by_key(&process, |member| member.process);
            let member = &mut list[found.expect("members of a queue share a group")];
            match side {
                Side::Feed => member.feed = Some((local, row)),
                Side::Called => member.called = Some((local, row)),
            }
        }
        queues.push(Queue { market, side, key, group });
    }
    Groups { groups, queues, of }
}

/// Disjoint sets whose representative is always the smallest member.
struct Joined(Vec<usize>);

impl Joined {
    fn of(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn first(&mut self, mut item: usize) -> usize {
        while self.0[item] != item {
            self.0[item] = self.0[self.0[item]];
            item = self.0[item];
        }
        item
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.first(a), self.first(b));
        self.0[a.max(b)] = a.min(b);
    }
}
