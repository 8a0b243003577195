//! Series, lifetimes and opening stocks: kind `stock`.

use super::cells::Cells;
use super::folder::Folder;
use super::periods::Periods;
use super::sheet::{Column, Sheet};
use crate::case::stocks::{Stock, StockSystem};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::{Id, PeriodId};
use crate::input::names::nearest;
use crate::input::reading::number_fault_code;
use crate::lifetime::{self, Ageing, Convention, Driver, Lifetime, LifetimeFault, NegativeInflow, Opening};
use std::collections::BTreeMap;

/// Region and product of a row; empty where the table has no such column.
type Place = (String, String);

/// The given numbers of one quantity, by period, with their row.
type Series = BTreeMap<PeriodId, (f64, usize)>;

/// A row of `stocks.csv`.
struct Law {
    place: Place,
    driver: Driver,
    ageing: Ageing,
    negative: NegativeInflow,
    row: usize,
}

/// Reads the stocks of a folder; what is faulty is told and left out.
pub(super) fn read(folder: &Folder, periods: &Periods, cells: &mut Cells) -> StockSystem {
    let mut system = StockSystem { stocks: Vec::new(), times: times(periods) };
    let (Some(series), Some(laws)) = (folder.sheet("series"), folder.sheet("stocks")) else { return system };
    let errors = cells.found.errors();
    let read = self::series(series, periods, cells);
    let laws_read = self::laws(laws, cells);
    let mut openings = openings(folder, &read, cells);
    // With faulty rows what seems to be missing may be among them.
    if cells.found.errors() > errors {
        return system;
    }
    for (place, given) in read {
        let Some(law) = law_of(&place, &laws_read, &given, series, cells) else { continue };
        let own = match law.driver {
            Driver::Inflow => given.inflow,
            Driver::Stock => given.stock,
        };
        let driver = laws.column("driver");
        let word = laws.text(law.row, driver);
        let mut values = Vec::with_capacity(periods.len());
        for (period, name) in periods.names.enumerate() {
            match own.get(&period) {
                Some((value, row)) if *value < 0.0 && law.driver == Driver::Stock => {
                    let column = series.column("value");
                    let finding = Diagnostic::new(Code("E109")).with("found", series.text(*row, column));
                    cells.fault(series, *row, column, finding);
                }
                Some((value, _)) => values.push(*value),
                None => {
                    let finding = Diagnostic::new(Code("E740")).with("quantity", word).with("period", name);
                    let finding = finding.with("region", &place.0).with("product", &place.1);
                    cells.fault(laws, law.row, driver, finding);
                }
            }
        }
        let opening = openings.remove(&place).unwrap_or_default();
        let (region, product) = place;
        let (driver, ageing, negative) = (law.driver, law.ageing, law.negative);
        let line = laws.line(law.row);
        if values.len() == periods.len() {
            system.stocks.push(Stock {
                region,
                product,
                driver,
                ageing,
                negative,
                series: values,
                opening,
                line,
            });
        }
    }
    system
}

/// The periods as numbers where they rise, else their positions.
fn times(periods: &Periods) -> Vec<f64> {
    let numbers: Option<Vec<f64>> =
        periods.names.iter().map(|name| name.parse().ok().filter(|time: &f64| time.is_finite())).collect();
    let rising = numbers.filter(|numbers| numbers.windows(2).all(|pair| pair[0] < pair[1]));
    rising.unwrap_or_else(|| (0..periods.len()).map(|position| position as f64).collect())
}

fn place(sheet: &Sheet, row: usize) -> Place {
    let [region, product] = ["region", "product"].map(|name| sheet.text(row, sheet.column(name)).to_owned());
    (region, product)
}

/// What is given of one stock.
#[derive(Default)]
struct GivenSeries {
    inflow: Series,
    stock: Series,
}

fn series(sheet: &Sheet, periods: &Periods, cells: &mut Cells) -> BTreeMap<Place, GivenSeries> {
    let [quantity, value] = ["quantity", "value"].map(|name| sheet.column(name));
    let mut given: BTreeMap<Place, GivenSeries> = BTreeMap::new();
    let words = [("inflow", Driver::Inflow), ("stock", Driver::Stock)];
    for row in 0..sheet.len() {
        let which = cells.choice(sheet, row, quantity, &words);
        let period = periods.of_row(cells, sheet, row);
        let number = if cells.word(sheet, row, value).is_some() {
            cells.value(sheet, row, value).flatten().map(|number| number.central)
        } else {
            None
        };
        let (Some(which), Some(period), Some(number)) = (which, period, number) else { continue };
        let only = (periods.len() == 1).then_some(PeriodId::from_index(0));
        let Some(period) = period.or(only) else {
            cells.fault(sheet, row, sheet.column("period"), Diagnostic::new(Code("E105")));
            continue;
        };
        let own = given.entry(place(sheet, row)).or_default();
        let own = match which {
            Driver::Inflow => &mut own.inflow,
            Driver::Stock => &mut own.stock,
        };
        if let Some((_, first)) = own.insert(period, (number, row)) {
            let finding = Diagnostic::new(Code("E130")).with("first", sheet.line(first).to_string());
            cells.fault(sheet, row, value, finding.with("found", sheet.text(row, sheet.column("period"))));
        }
    }
    given
}

fn laws(sheet: &Sheet, cells: &mut Cells) -> Vec<Law> {
    let [driver, lifetime] = ["driver", "lifetime"].map(|name| sheet.column(name));
    let [convention, negative] = ["convention", "negative_inflow"].map(|name| sheet.column(name));
    let mut laws: Vec<Law> = Vec::new();
    for row in 0..sheet.len() {
        let words = [("inflow", Driver::Inflow), ("stock", Driver::Stock)];
        let which = cells.choice(sheet, row, driver, &words);
        let law = self::lifetime(sheet, row, lifetime, cells);
        let convention = cells.choice(sheet, row, convention, &Convention::WORDS);
        let rule = if sheet.text(row, negative).is_empty() {
            Some(NegativeInflow::Allow)
        } else {
            let words = [("allow", NegativeInflow::Allow), ("zero", NegativeInflow::Zero)];
            cells.choice(sheet, row, negative, &words)
        };
        let (Some(which), Some(lifetime), Some(convention), Some(rule)) = (which, law, convention, rule)
        else {
            continue;
        };
        let place = place(sheet, row);
        if let Some(first) = laws.iter().find(|law| law.place == place) {
            let finding = Diagnostic::new(Code("E130")).with("first", sheet.line(first.row).to_string());
            let found = [place.0.as_str(), place.1.as_str()].join(" ");
            cells.fault(sheet, row, driver, finding.with("found", found.trim()));
            continue;
        }
        laws.push(Law { place, driver: which, ageing: Ageing { lifetime, convention }, negative: rule, row });
    }
    laws
}

/// The lifetime of a cell.
fn lifetime(sheet: &Sheet, row: usize, column: Column<'_>, cells: &mut Cells) -> Option<Lifetime> {
    let text = cells.word(sheet, row, column)?;
    let finding = match lifetime::parse(text) {
        Ok(lifetime) => return Some(lifetime),
        Err(LifetimeFault::UnknownLaw) => {
            let law = text.split('(').next().unwrap_or(text).trim();
            let near = nearest(law, lifetime::LAWS);
            let finding = Diagnostic::new(Code("E741")).with("known", lifetime::LAWS.join(", "));
            finding.with("nearest", near)
        }
        Err(LifetimeFault::WrongCount) => Diagnostic::new(Code("E133")),
        Err(LifetimeFault::Number(fault)) => Diagnostic::new(number_fault_code(fault)),
        Err(LifetimeFault::NotPositive) => Diagnostic::new(Code("E742")),
    };
    cells.fault(sheet, row, column, finding.with("found", text));
    None
}

/// The law of a stock: the row that names most of its region and product; a blank is for all not named otherwise.
fn law_of<'a>(
    place: &Place,
    laws: &'a [Law],
    given: &GivenSeries,
    series: &Sheet,
    cells: &mut Cells,
) -> Option<&'a Law> {
    let meets = |own: &str, wanted: &str| own.is_empty() || own == wanted;
    let fits = laws.iter().filter(|law| meets(&law.place.0, &place.0) && meets(&law.place.1, &place.1));
    let named = |law: &&Law| u8::from(!law.place.0.is_empty()) + u8::from(!law.place.1.is_empty());
    let most = fits.clone().map(|law| named(&law)).max();
    let best: Vec<&Law> = fits.filter(|law| Some(named(law)) == most).collect();
    if let [law] = best[..] {
        return Some(law);
    }
    let code = if best.is_empty() { "E743" } else { "E744" };
    let row =
        given.inflow.values().chain(given.stock.values()).map(|(_, row)| *row).min().unwrap_or_default();
    let finding = Diagnostic::new(Code(code)).with("region", &place.0).with("product", &place.1);
    cells.fault(series, row, series.column("quantity"), finding);
    None
}

fn openings(
    folder: &Folder,
    given: &BTreeMap<Place, GivenSeries>,
    cells: &mut Cells,
) -> BTreeMap<Place, Vec<Opening>> {
    let mut openings: BTreeMap<Place, Vec<Opening>> = BTreeMap::new();
    let Some(sheet) = folder.sheet("opening") else { return openings };
    let [age, value] = ["age", "value"].map(|name| sheet.column(name));
    for row in 0..sheet.len() {
        let mut own = place(sheet, row);
        // Where there is one stock alone it needs no name.
        if own == Place::default()
            && let (1, Some(only)) = (given.len(), given.keys().next())
        {
            own = only.clone();
        }
        if !given.is_empty() && !given.contains_key(&own) {
            let finding = Diagnostic::new(Code("E745")).with("region", &own.0).with("product", &own.1);
            cells.fault(sheet, row, value, finding);
            continue;
        }
        let number = if cells.word(sheet, row, value).is_some() {
            cells.value(sheet, row, value).flatten().map(|number| number.central)
        } else {
            None
        };
        let age_read = cells.number(sheet, row, age);
        for (column, number) in [(value, number), (age, age_read.flatten())] {
            if number.is_some_and(|number| number < 0.0) {
                let finding = Diagnostic::new(Code("E109")).with("found", sheet.text(row, column));
                cells.fault(sheet, row, column, finding);
            }
        }
        let (Some(value), Some(age)) = (number, age_read) else { continue };
        openings.entry(own).or_default().push(Opening { age, value });
    }
    openings
}
