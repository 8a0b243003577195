//! Rows with and without a period: what holds in each period.

use super::cells::Cells;
use super::sheet::{Column, Sheet};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::{Id, PeriodId};
use std::collections::BTreeMap;

/// Rows as they come. `W` is what a row with a period replaces as a whole, `K` what tells rows of one period apart: it
/// is `W`, or finer.
#[derive(Debug)]
pub(super) struct Rows<W, K, T> {
    always: Vec<(W, K, T)>,
    dated: Vec<Vec<(W, K, T)>>,
    /// First line of what was met.
    lines: BTreeMap<(Option<PeriodId>, K), u32>,
}

/// What holds in each period, in the order of the rows.
#[derive(Debug)]
pub(super) struct Dated<W, K, T> {
    periods: Vec<Vec<(K, T)>>,
    whole: std::marker::PhantomData<W>,
}

impl<W: Ord + Copy, K: Ord + Copy, T: Clone> Rows<W, K, T> {
    /// No rows yet.
    pub(super) fn new(periods: usize) -> Self {
        let dated = (0..periods).map(|_| Vec::new()).collect();
        Self { always: Vec::new(), dated, lines: BTreeMap::new() }
    }

    /// Adds a row; a finding at the column where the same stands already.
    pub(super) fn add(
        &mut self,
        cells: &mut Cells,
        (sheet, row, column): (&Sheet, usize, Column<'_>),
        period: Option<PeriodId>,
        (whole, key): (W, K),
        record: T,
    ) {
        if let Some(first) = self.lines.get(&(period, key)) {
            let finding = Diagnostic::new(Code("E130")).with("first", first.to_string());
            cells.fault(sheet, row, column, finding.with("found", sheet.text(row, column)));
            return;
        }
        self.lines.insert((period, key), sheet.line(row));
        match period {
            None => self.always.push((whole, key, record)),
            Some(period) => self.dated[period.index()].push((whole, key, record)),
        }
    }

    /// What holds in each period: its own rows, and of those without a period what they do not replace. A row of a
    /// period replaces the one of the same key; where there is none, all that it replaces as a whole.
    pub(super) fn finish(self) -> Dated<W, K, T> {
        let known: BTreeMap<K, ()> = self.always.iter().map(|(_, key, _)| (*key, ())).collect();
        let mut periods = Vec::with_capacity(self.dated.len());
        for own in self.dated {
            let keys: BTreeMap<K, ()> = own.iter().map(|(_, key, _)| (*key, ())).collect();
            let news = own.iter().filter(|(_, key, _)| !known.contains_key(key));
            let wholes: BTreeMap<W, ()> = news.map(|(whole, ..)| (*whole, ())).collect();
            let kept = self
                .always
                .iter()
                .filter(|(whole, key, _)| !keys.contains_key(key) && !wholes.contains_key(whole));
            let kept = kept.map(|(_, key, record)| (*key, record.clone()));
            periods.push(kept.chain(own.iter().map(|(_, key, record)| (*key, record.clone()))).collect());
        }
        Dated { periods, whole: std::marker::PhantomData }
    }
}

impl<W, K, T> Dated<W, K, T> {
    /// What holds in a period.
    pub(super) fn of(&self, period: PeriodId) -> impl Iterator<Item = &(K, T)> {
        self.periods[period.index()].iter()
    }
}
