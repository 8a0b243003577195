//! Numbers: quantities, money, shares, whole numbers, years and months.

use super::{Measure, Mismatch, Reading, Wanted};
use crate::calendar::Month;
use crate::diagnostic::Code;
use crate::id::{Id, ParameterId};
use crate::input::attributes::Kind;
use crate::input::names::nearest;
use crate::input::read::{Column, Row};
use crate::model::{Amount, TableKind};
use crate::money::{Fen, Ppm};
use crate::quantity::{self, Quantity, QuantityFault, Written};
use crate::units::{Dimension, Unit, UnitFault, known_names, scaled, written::half_width};

impl Reading {
    /// A quantity in the wanted unit; a finding where it is none.
    pub fn quantity(&mut self, row: Row<'_>, column: Column, wanted: &Wanted<'_>) -> Option<Quantity> {
        match self.amount(row, column, wanted)? {
            Amount::Given(quantity) => Some(quantity),
            Amount::Rest => {
                self.at("E118", row, column);
                None
            }
        }
    }

    /// A quantity in the wanted unit, or `rest`.
    pub fn amount(&mut self, row: Row<'_>, column: Column, wanted: &Wanted<'_>) -> Option<Amount> {
        let text = self.text(row, column)?;
        let written = match quantity::parse(text) {
            Ok(written) => written,
            Err(fault) => {
                self.number_fault(row, column, text, fault);
                return None;
            }
        };
        let found = match written {
            Written::Rest => return Some(Amount::Rest),
            Written::Number(number) => {
                let factor = self.factor_of(row, column, wanted, text)?;
                if factor == 1.0 { number } else { number.times(factor) }
            }
            Written::Parameter(name) => self.named(row, column, wanted, &name)?,
        };
        if column.attribute.kind != Kind::SignedQuantity && !found.is_non_negative() {
            let code = if found.central < 0.0 { "E109" } else { "E119" };
            self.at(code, row, column).with("found", text);
            return None;
        }
        Some(Amount::Given(found))
    }

    /// Tells what is wrong with a number whose unit cannot be known, since what it belongs to is faulty.
    pub fn as_number(&mut self, row: Row<'_>, column: Column) {
        let Some(text) = self.text(row, column) else { return };
        if let Err(fault) = quantity::parse(text) {
            self.number_fault(row, column, text, fault);
        }
    }

    /// The value of a named number in the wanted unit.
    fn named(&mut self, row: Row<'_>, column: Column, wanted: &Wanted<'_>, name: &str) -> Option<Quantity> {
        let number = self.resolve(row, column, TableKind::Parameters, name)?;
        let known = self.parameters.get(number as usize)?;
        let (value, unit) = (known.parameter.value, known.unit);
        let factor = match unit {
            None => self.factor(row, column, wanted)?,
            Some(unit) => self.brought(row, column, wanted, unit, &unit.to_string())?,
        };
        Some(Quantity { parameter: Some(ParameterId::from_index(number as usize)), ..value.times(factor) })
    }

    /// The same for a number as it is written: a percentage is a share, whatever unit stands beside it, and a unit
    /// `%` beside it only says so once more.
    fn factor_of(&mut self, row: Row<'_>, column: Column, wanted: &Wanted<'_>, text: &str) -> Option<f64> {
        let factor = self.factor(row, column, wanted)?;
        if !text.contains(['%', '％']) || !quantity::is_percentage(text) {
            return Some(factor);
        }
        let percent = Unit::parse("%").ok()?;
        // In a recipe a share of the reference is an amount per unit of it.
        let is_recipe = matches!(wanted.numerator, Measure::Material { .. }) && wanted.yearly.is_none();
        let is_share = wanted.denominator.is_some() || wanted.numerator.dimension() == Dimension::Number;
        if !is_share && !is_recipe {
            return self.brought(row, column, wanted, percent, text);
        }
        let own = column.attribute.unit.column.and_then(|key| row.text(row.table.column(key)));
        let said = own.map_or(column.unit, |own| Unit::parse(own).ok());
        Some(if said == Some(percent) { 1.0 } else { factor })
    }

    /// The factor from the unit of a cell to the wanted one.
    pub fn factor(&mut self, row: Row<'_>, column: Column, wanted: &Wanted<'_>) -> Option<f64> {
        let own = column.attribute.unit.column.map(|key| row.table.column(key));
        let given = own.and_then(|own| row.text(own).map(|text| (own, text)));
        match (given, column.unit) {
            (Some((own, text)), _) => {
                let unit = self.unit(row, own, text)?;
                self.brought(row, own, wanted, unit, text)
            }
            (None, Some(unit)) => self.brought(row, column, wanted, unit, &unit.to_string()),
            (None, None) => Some(wanted.default),
        }
    }

    /// A unit from its text; a finding where there is none of that name.
    pub fn unit(&mut self, row: Row<'_>, column: Column, text: &str) -> Option<Unit> {
        match Unit::parse(text) {
            Ok(unit) => Some(unit),
            Err(UnitFault::Unknown(part)) => {
                let near = nearest(&part, known_names());
                self.at("E113", row, column).with("found", text).with("part", part).with("nearest", near);
                None
            }
            Err(UnitFault::TooManyParts | UnitFault::NothingMeasured) => {
                self.at("E125", row, column).with("found", text);
                None
            }
        }
    }

    fn brought(
        &mut self,
        row: Row<'_>,
        column: Column,
        wanted: &Wanted<'_>,
        unit: Unit,
        text: &str,
    ) -> Option<f64> {
        match wanted.factor(unit) {
            Ok(factor) => Some(factor),
            Err(Mismatch::Dimension) => {
                let adding = self.at("E114", row, column).with("found", text);
                let adding = adding.with("found_base", unit.to_string());
                adding
                    .with("found_zh", unit.numerator.name_zh())
                    .with("expected", wanted.symbol())
                    .with("expected_zh", wanted.numerator.dimension().name_zh());
                None
            }
            Err(Mismatch::MaterialSaysNotHow(material)) => {
                let adding = self.at("E115", row, column).with("found", text);
                adding.with("material", material).with("expected", wanted.symbol());
                None
            }
        }
    }

    /// An exact number in the wanted unit.
    pub fn number(&mut self, row: Row<'_>, column: Column, wanted: &Wanted<'_>) -> Option<f64> {
        let text = self.text(row, column)?;
        match self.exact(row, column, text) {
            Some(number) => Some(scaled(number, self.factor_of(row, column, wanted, text)?)),
            None => None,
        }
    }

    /// An exact amount of money ≥ 0; without a unit it is in 万元.
    pub fn money(&mut self, row: Row<'_>, column: Column) -> Option<Fen> {
        let wan = Wanted::plain(crate::units::Dimension::Money).default_factor(1.0e4);
        let yuan = self.number(row, column, &wan)?;
        let text = row.text(column).unwrap_or_default();
        if yuan < 0.0 {
            self.at("E109", row, column).with("found", text);
            return None;
        }
        let fen = Fen::from_yuan(yuan);
        if fen.is_none() {
            self.at("E131", row, column).with("found", text);
        }
        fen
    }

    /// An exact share 0–1.
    pub fn share(&mut self, row: Row<'_>, column: Column) -> Option<f64> {
        let text = self.text(row, column)?;
        let share = self.exact(row, column, text)?;
        let share = column.unit.map_or(share, |unit| unit.to_base(share));
        if (0.0..=1.0).contains(&share) {
            return Some(share);
        }
        self.at("E120", row, column).with("found", text);
        None
    }

    /// An exact share in parts per million.
    pub fn ppm(&mut self, row: Row<'_>, column: Column) -> Option<Ppm> {
        self.share(row, column).and_then(Ppm::from_share)
    }

    /// A whole number in the range of its column.
    pub fn whole(&mut self, row: Row<'_>, column: Column) -> Option<i64> {
        let Kind::Whole { least, most } = column.attribute.kind else {
            unreachable!("column {} holds whole numbers", column.attribute.key)
        };
        let text = self.text(row, column)?;
        let number = half_width(text).parse::<i64>().ok().or_else(|| {
            let number = quantity::number(text).ok()?;
            (number.fract() == 0.0 && number.abs() < 1.0e15).then_some(number as i64)
        });
        if let Some(number) = number.filter(|n| (least..=most).contains(n)) {
            return Some(number);
        }
        let adding = self.at("E111", row, column).with("found", text);
        adding.with("least", least.to_string()).with("most", most.to_string());
        None
    }

    /// A year, with or without 年.
    pub fn year(&mut self, row: Row<'_>, column: Column) -> Option<i32> {
        let text = self.text(row, column)?;
        let year = year_of(text);
        if year.is_none() {
            self.at("E121", row, column).with("found", text);
        }
        year
    }

    /// A calendar month.
    pub fn month(&mut self, row: Row<'_>, column: Column) -> Option<Month> {
        let text = self.text(row, column)?;
        let month = Month::parse(&half_width(text));
        if month.is_none() {
            self.at("E122", row, column).with("found", text);
        }
        month
    }

    /// An exact number from a text; a finding where it is none.
    pub fn exact(&mut self, row: Row<'_>, column: Column, text: &str) -> Option<f64> {
        match quantity::number(text) {
            Ok(number) => Some(number),
            Err(fault) => {
                if quantity::parse(text).is_ok() {
                    self.at("E124", row, column).with("found", text);
                } else {
                    self.number_fault(row, column, text, fault);
                }
                None
            }
        }
    }

    fn number_fault(&mut self, row: Row<'_>, column: Column, text: &str, fault: QuantityFault) {
        self.at(number_fault_code(fault).0, row, column).with("found", text);
    }
}

/// The code of what is wrong with the text of a number.
pub(crate) fn number_fault_code(fault: QuantityFault) -> Code {
    Code(match fault {
        QuantityFault::NotANumber => "E108",
        QuantityFault::NotFinite => "E131",
        QuantityFault::UnknownDistribution => "E132",
        QuantityFault::WrongCount => "E133",
        QuantityFault::NotAscending => "E134",
        QuantityFault::NegativeDeviation => "E135",
        QuantityFault::MeanNotPositive => "E136",
        QuantityFault::AmbiguousPercent => "E137",
    })
}

/// A year from 1900 to 2200, with or without 年.
#[must_use]
pub fn year_of(text: &str) -> Option<i32> {
    let plain = half_width(text);
    let digits = plain.strip_suffix('年').unwrap_or(&plain).trim();
    let digits = digits.strip_suffix(".0").unwrap_or(digits);
    digits.parse().ok().filter(|year| (1900..=2200).contains(year))
}
