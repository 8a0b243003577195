//! Cells of a case as values: every fault one finding.

use super::sheet::{Column, Sheet};
use crate::case::system::Sampled;
use crate::diagnostic::{Code, Diagnostic};
use crate::expression::{Expression, ExpressionFault, Name};
use crate::input::collected::Collected;
use crate::input::names::nearest;
use crate::input::reading::number_fault_code;
use crate::quantity::{self, Quantity, Written};
use std::collections::HashMap;

/// What reading leaves behind.
#[derive(Debug, Default)]
pub(super) struct Cells {
    pub(super) found: Collected,
}

/// What a cell of a quantity says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cell {
    /// Nothing: to be found.
    Blank,
    /// A number, perhaps uncertain.
    Number(Quantity),
    /// `rest`.
    Rest,
}

impl Cells {
    /// Tells a fault of a cell.
    pub(super) fn fault(&mut self, sheet: &Sheet, row: usize, column: Column<'_>, finding: Diagnostic) {
        self.found.push(finding.at(sheet.spot(row, column)));
    }

    /// A cell that must not be blank.
    pub(super) fn word<'a>(&mut self, sheet: &'a Sheet, row: usize, column: Column<'_>) -> Option<&'a str> {
        let text = sheet.text(row, column);
        if text.is_empty() {
            self.fault(sheet, row, column, Diagnostic::new(Code("E105")));
            return None;
        }
        Some(text)
    }

    /// An id: not blank; one with comma or semicolon is told, and stands for itself.
    pub(super) fn id<'a>(&mut self, sheet: &'a Sheet, row: usize, column: Column<'_>) -> Option<&'a str> {
        let text = self.word(sheet, row, column)?;
        if text.contains([',', ';']) {
            self.fault(sheet, row, column, Diagnostic::new(Code("E112")).with("found", text));
        }
        Some(text)
    }

    /// One of some words.
    pub(super) fn choice<T: Copy>(
        &mut self,
        sheet: &Sheet,
        row: usize,
        column: Column<'_>,
        words: &[(&str, T)],
    ) -> Option<T> {
        let text = self.word(sheet, row, column)?;
        if let Some((_, chosen)) = words.iter().find(|(word, _)| *word == text) {
            return Some(*chosen);
        }
        let allowed: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let near = nearest(text, allowed.iter().copied());
        let finding = Diagnostic::new(Code("E110")).with("found", text).with("allowed", allowed.join(", "));
        self.fault(sheet, row, column, finding.with("nearest", near));
        None
    }

    /// A quantity cell; `None` when it cannot be read.
    pub(super) fn quantity(&mut self, sheet: &Sheet, row: usize, column: Column<'_>) -> Option<Cell> {
        let text = sheet.text(row, column);
        if text.is_empty() {
            return Some(Cell::Blank);
        }
        match quantity::parse(text) {
            Ok(Written::Number(number)) => Some(Cell::Number(number)),
            Ok(Written::Rest) => Some(Cell::Rest),
            Ok(Written::Parameter(_)) => {
                self.fault(sheet, row, column, Diagnostic::new(Code("E108")).with("found", text));
                None
            }
            Err(fault) => {
                let code = number_fault_code(fault);
                self.fault(sheet, row, column, Diagnostic::new(code).with("found", text));
                None
            }
        }
    }

    /// A quantity cell that may be blank but not `rest`; `None` when it cannot be read.
    pub(super) fn value(
        &mut self,
        sheet: &Sheet,
        row: usize,
        column: Column<'_>,
    ) -> Option<Option<Quantity>> {
        match self.quantity(sheet, row, column)? {
            Cell::Blank => Some(None),
            Cell::Number(number) => Some(Some(number)),
            Cell::Rest => {
                self.fault(sheet, row, column, Diagnostic::new(Code("E118")));
                None
            }
        }
    }

    /// An exact number or a blank; `None` when it cannot be read.
    pub(super) fn number(&mut self, sheet: &Sheet, row: usize, column: Column<'_>) -> Option<Option<f64>> {
        let text = sheet.text(row, column);
        match self.value(sheet, row, column)? {
            Some(Quantity { distribution: Some(_), .. }) => {
                self.fault(sheet, row, column, Diagnostic::new(Code("E124")).with("found", text));
                None
            }
            number => Some(number.map(|number| number.central)),
        }
    }

    /// A whole number from 0 on.
    pub(super) fn count(&mut self, sheet: &Sheet, row: usize, column: Column<'_>, most: u32) -> Option<u32> {
        let text = self.word(sheet, row, column)?;
        let number = quantity::number(text).ok();
        let whole = number.filter(|n| n.fract() == 0.0 && (0.0..=f64::from(most)).contains(n));
        if whole.is_none() {
            let finding = Diagnostic::new(Code("E111")).with("found", text).with("least", "0");
            self.fault(sheet, row, column, finding.with("most", most.to_string()));
        }
        whole.map(|n| n as u32)
    }

    /// How a row is drawn.
    pub(super) fn sampled(&mut self, sheet: &Sheet, row: usize, column: Column<'_>) -> Sampled {
        if sheet.text(row, column).is_empty() {
            return Sampled::Once;
        }
        let words = [("once", Sampled::Once), ("each", Sampled::Each)];
        self.choice(sheet, row, column, &words).unwrap_or_default()
    }

    /// Two bounds, in order.
    pub(super) fn bounds(
        &mut self,
        sheet: &Sheet,
        row: usize,
        lower: Column<'_>,
        upper: Column<'_>,
    ) -> Option<[Option<f64>; 2]> {
        let bounds = [self.number(sheet, row, lower)?, self.number(sheet, row, upper)?];
        if let [Some(least), Some(most)] = bounds
            && least > most
        {
            let finding = Diagnostic::new(Code("E711")).with("lower", sheet.text(row, lower));
            self.fault(sheet, row, upper, finding.with("upper", sheet.text(row, upper)));
            return None;
        }
        Some(bounds)
    }

    /// An expression over names that `symbol` knows; `known` are all of them, for the nearest.
    pub(super) fn expression<'a>(
        &mut self,
        sheet: &Sheet,
        row: usize,
        column: Column<'_>,
        symbol: &mut dyn FnMut(Name<'_>) -> Option<usize>,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Option<Expression> {
        let text = self.word(sheet, row, column)?;
        let error = match Expression::parse(text, symbol) {
            Ok(expression) => return Some(expression),
            Err(error) => error,
        };
        let finding = match &error.fault {
            ExpressionFault::Unexpected(found) => Diagnostic::new(Code("E506")).with("found", found),
            ExpressionFault::UnknownName(name) => {
                let near = nearest(name, known);
                Diagnostic::new(Code("E712")).with("found", name).with("nearest", near)
            }
            ExpressionFault::UnknownFunction(name) => Diagnostic::new(Code("E508"))
                .with("found", name)
                .with("functions", Expression::FUNCTIONS.join(", ")),
            ExpressionFault::BadNumber(found) => Diagnostic::new(Code("E510")).with("found", found),
            ExpressionFault::TooDeep => Diagnostic::new(Code("E511")),
        };
        let finding = finding.with("formula", text).with("position", error.position.to_string());
        self.fault(sheet, row, column, finding);
        None
    }
}

/// Ids of the rows of a table, numbered from 0 in their order. The map is only looked into, never gone through.
#[derive(Clone, Debug, Default)]
pub(super) struct Ids {
    table: &'static str,
    order: Vec<String>,
    numbers: HashMap<String, usize>,
    /// Ids of rows that are left out for a fault of their own, which is told: what refers to them is not.
    faulty: HashMap<String, ()>,
}

impl Ids {
    /// No ids yet of a table.
    pub(super) fn of(table: &'static str) -> Self {
        Self { table, ..Self::default() }
    }

    /// Notes an id whose row is left out.
    pub(super) fn leave_out(&mut self, id: &str) {
        self.faulty.insert(id.to_owned(), ());
    }

    /// Whether what refers to this id is told nothing, since the fault lies elsewhere.
    fn is_told(&self, id: &str) -> bool {
        self.faulty.contains_key(id)
    }

    /// The number by which an expression names an id; any number where the id's own fault is told.
    pub(super) fn symbol(&self, id: &str) -> Option<usize> {
        self.get(id).or_else(|| self.is_told(id).then_some(0))
    }

    /// The number of an id.
    pub(super) fn get(&self, id: &str) -> Option<usize> {
        self.numbers.get(id).copied()
    }

    /// Adds an id; its number, and whether it was not there before.
    pub(super) fn add(&mut self, id: &str) -> (usize, bool) {
        if let Some(number) = self.get(id) {
            return (number, false);
        }
        self.numbers.insert(id.to_owned(), self.order.len());
        self.order.push(id.to_owned());
        (self.order.len() - 1, true)
    }

    /// All ids in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.order.iter().map(String::as_str)
    }

    /// The number of the id that a cell names.
    pub(super) fn refer(
        &self,
        cells: &mut Cells,
        sheet: &Sheet,
        row: usize,
        column: Column<'_>,
    ) -> Option<usize> {
        let id = cells.word(sheet, row, column)?;
        let number = self.get(id);
        if number.is_none() && !self.is_told(id) {
            let finding = Diagnostic::new(Code("E106")).with("table", self.table).with("found", id);
            cells.fault(sheet, row, column, finding.with("nearest", nearest(id, self.iter())));
        }
        number
    }

    /// The number of a new id; a finding where it is there already.
    pub(super) fn issue(
        &mut self,
        cells: &mut Cells,
        sheet: &Sheet,
        row: usize,
        column: Column<'_>,
    ) -> Option<usize> {
        let id = cells.id(sheet, row, column)?;
        let (number, is_new) = self.add(id);
        if !is_new {
            cells.fault(sheet, row, column, Diagnostic::new(Code("E128")).with("found", id));
            return None;
        }
        Some(number)
    }
}
