//! Typed indices and the tables they index.
//!
//! Names are interned at the edge (`input`); inside, a record is known by a small typed index
//! into a [`Table`], so that a place can never be used where a process is meant.

use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// A typed index into a [`Table`].
pub trait Id: Copy + Eq + Ord + std::hash::Hash + std::fmt::Debug {
    /// The index as a position.
    fn index(self) -> usize;
    /// The id at a position.
    fn from_index(index: usize) -> Self;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);
        impl Id for $name {
            fn index(self) -> usize {
                self.0 as usize
            }
            fn from_index(index: usize) -> Self {
                Self(u32::try_from(index).expect("fewer than 2^32 records"))
            }
        }
    )*};
}

ids! {
    /// A place of the tree city → county unit → park.
    PlaceId,
    /// An enterprise.
    EnterpriseId,
    /// A material.
    MaterialId,
    /// A technology of the catalogue or of the model.
    TechnologyId,
    /// A process.
    ProcessId,
    /// A project.
    ProjectId,
    /// A fund.
    FundId,
    /// A row of `financing`.
    FinancingId,
    /// A market: one material pooled at one place.
    MarketId,
    /// A row of `sources`.
    SourceId,
    /// An in-use stock.
    StockId,
    /// A scenario.
    ScenarioId,
    /// A named uncertain number (row of `parameters`).
    ParameterId,
    /// A structural arc of the plan: one entry of the flow array.
    ArcId,
    /// A node of a published case.
    NodeId,
    /// A flow of a published case.
    FlowId,
    /// A layer of a published case: what the goods contain.
    LayerId,
    /// A period of a published case, in order.
    PeriodId,
    /// A project of a published case, to be taken or left.
    ChoiceId,
    /// A budget of a published case.
    BudgetId,
}

/// A dense table of records, indexed by its own id type, in the order of entry.
#[derive(Clone, Debug)]
pub struct Table<I, T> {
    records: Vec<T>,
    id: PhantomData<I>,
}

impl<I, T> Default for Table<I, T> {
    fn default() -> Self {
        Self { records: Vec::new(), id: PhantomData }
    }
}

impl<I: Id, T> Table<I, T> {
    /// An empty table.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty table with room for so many records.
    #[must_use]
    pub fn with_capacity(count: usize) -> Self {
        Self { records: Vec::with_capacity(count), ..Self::new() }
    }

    /// Appends a record and returns its id.
    pub fn push(&mut self, record: T) -> I {
        self.records.push(record);
        I::from_index(self.records.len() - 1)
    }

    /// Number of records.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there is no record.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The records in order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.records.iter()
    }

    /// The records in order, mutable.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.records.iter_mut()
    }

    /// The ids in order.
    pub fn ids(&self) -> impl ExactSizeIterator<Item = I> + DoubleEndedIterator + use<I, T> {
        (0..self.records.len()).map(I::from_index)
    }

    /// Ids with their records, in order.
    pub fn enumerate(&self) -> impl Iterator<Item = (I, &T)> {
        self.records.iter().enumerate().map(|(i, r)| (I::from_index(i), r))
    }

    /// The record of an id, if there is one.
    #[must_use]
    pub fn get(&self, id: I) -> Option<&T> {
        self.records.get(id.index())
    }

    /// The first record for which the test holds.
    pub fn find(&self, mut test: impl FnMut(&T) -> bool) -> Option<(I, &T)> {
        self.enumerate().find(|(_, record)| test(record))
    }

    /// The records as a slice.
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        &self.records
    }
}

impl<I: Id, T> Index<I> for Table<I, T> {
    type Output = T;
    fn index(&self, id: I) -> &T {
        &self.records[id.index()]
    }
}

impl<I: Id, T> IndexMut<I> for Table<I, T> {
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.records[id.index()]
    }
}

impl<I: Id, T> FromIterator<T> for Table<I, T> {
    fn from_iter<It: IntoIterator<Item = T>>(records: It) -> Self {
        Self { records: records.into_iter().collect(), id: PhantomData }
    }
}

impl<'a, I: Id, T> IntoIterator for &'a Table<I, T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.records.iter()
    }
}
