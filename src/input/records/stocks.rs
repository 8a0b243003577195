//! In-use stocks with their years and opening cohorts, and the two processes of each.

use super::series::{Points, growth, year_within};
use crate::id::{Id, MaterialId, PlaceId, StockId};
use crate::input::build::Build;
use crate::input::read::{Column, RawTable, Row};
use crate::input::reading::{CommonColumns, Wanted};
use crate::lifetime::{self, Ageing, Convention, LAWS, Lifetime, LifetimeFault};
use crate::model::in_use::Cohort;
use crate::model::{
    Amount, Basis, Driver, Falling, InUseStock, Places, Process, Provenance, RecipeRow, Role, Series,
    TableKind, Treatment,
};
use crate::quantity::Quantity;
use crate::stock::{StockFault, in_use};
use std::collections::BTreeMap;

/// Reads `stocks`, `stock_years` and `cohorts`, after all other processes are read.
pub(in crate::input) fn read(build: &mut Build<'_>) {
    let Some(table) = build.tables.own(TableKind::Stocks) else {
        orphans(build);
        return;
    };
    let columns = Columns::of(table);
    let common = CommonColumns::of(table);
    // Faulty rows leave a placeholder, so that the ids of others are the numbers of their rows.
    let mut sound = Vec::with_capacity(table.len());
    for row in table.rows() {
        let before = build.reading.found.errors();
        columns.read(row, &common, build);
        sound.push(build.reading.found.errors() == before);
    }
    years(build, &sound);
    cohorts(build, &sound);
    for row in table.rows().filter(|row| sound[row.number]) {
        let stock = &build.model.stocks[StockId::from_index(row.number)];
        let stands = stock.given.points.first().is_some_and(|first| first.value.central > 0.0);
        let key = stock.key.clone();
        if let Err(fault) = in_use::check(stock, build.model.settings.base_year) {
            columns.told(row, fault, build);
        } else if stock.driver == lifetime::Driver::Stock && stock.opening.is_empty() && stands {
            build.reading.at("W250", row, columns.id).with("found", key);
        }
    }
}

/// Years and cohorts of a model without stocks: each names one that is not there.
fn orphans(build: &mut Build<'_>) {
    for kind in [TableKind::StockYears, TableKind::Cohorts] {
        let Some(table) = build.tables.own(kind) else { continue };
        let stock = table.column("stock");
        for row in table.rows() {
            build.reading.reference(row, stock, TableKind::Stocks);
        }
    }
}

struct Columns {
    id: Column,
    name: Column,
    name_en: Column,
    place: Column,
    material_in: Column,
    material_out: Column,
    lifetime: Column,
    convention: Column,
    driver: Column,
    falling: Column,
}

impl Columns {
    fn of(table: &RawTable) -> Self {
        let column = |key| table.column(key);
        Self {
            id: column("id"),
            name: column("name"),
            name_en: column("name_en"),
            place: column("place"),
            material_in: column("material_in"),
            material_out: column("material_out"),
            lifetime: column("lifetime"),
            convention: column("convention"),
            driver: column("driver"),
            falling: column("falling"),
        }
    }

    fn read(&self, row: Row<'_>, common: &CommonColumns, build: &mut Build<'_>) {
        let key = row.text(self.id).unwrap_or_default().to_owned();
        let name = build.reading.text(row, self.name).unwrap_or_default().to_owned();
        let name_en = build.reading.text(row, self.name_en).unwrap_or(&name).to_owned();
        let place = match row.text(self.place) {
            None => Places::ROOT,
            Some(_) => build
                .reading
                .reference(row, self.place, TableKind::Places)
                .map_or(Places::ROOT, |number| build.place(number)),
        };
        let mut material = |column: Column| {
            let number = build.reading.reference(row, column, TableKind::Materials)?;
            build.material(number)
        };
        let materials = [material(self.material_in), material(self.material_out)];
        let lifetime = self.lifetime(row, build);
        let convention = build.reading.choice(row, self.convention).unwrap_or_default();
        let convention = Convention::WORDS.iter().find(|(word, _)| *word == convention);
        let convention = convention.map_or_else(Convention::default, |(_, convention)| *convention);
        let driver = match build.reading.choice(row, self.driver) {
            Some("stock") => lifetime::Driver::Stock,
            _ => lifetime::Driver::Inflow,
        };
        let falling = match build.reading.choice(row, self.falling) {
            Some("refused") => Falling::Refused,
            _ => Falling::LeavesEarly,
        };
        let per_unit = match materials {
            [Some(enters), Some(leaves)] => self.per_unit(row, enters, leaves, build),
            _ => 1.0,
        };
        let provenance = build.reading.provenance(row, common);
        let [material_in, material_out] =
            materials.map(|material| material.unwrap_or_else(|| MaterialId::from_index(0)));
        let mut process = |suffix: &str, words: [&str; 2], role, material| {
            let process = Process {
                key: format!("{key}:{suffix}"),
                name: format!("{name}（{}）", words[0]),
                name_en: format!("{name_en} ({})", words[1]),
                ..half(place, role, material, provenance)
            };
            build.unsound_processes.push(false);
            build.model.processes.push(process)
        };
        let enters = process("in", ["投入使用", "entering use"], Role::Input, material_in);
        let leaves = process("out", ["退出使用", "leaving use"], Role::Byproduct, material_out);
        build.model.stocks.push(InUseStock {
            key,
            name,
            name_en,
            place,
            material_in,
            material_out,
            per_unit,
            ageing: Ageing { lifetime, convention },
            driver,
            falling,
            given: Series::default(),
            opening: Vec::new(),
            enters,
            leaves,
            provenance,
        });
    }

    /// Units of what leaves in a unit of what enters, of the same mass.
    fn per_unit(&self, row: Row<'_>, enters: MaterialId, leaves: MaterialId, build: &mut Build<'_>) -> f64 {
        let [from, to] = [enters, leaves].map(|id| &build.model.materials[id]);
        match (from.mass_per_unit, to.mass_per_unit) {
            (Some(from), Some(to)) => from / to,
            _ if enters == leaves => 1.0,
            (Some(_), None) | (None, _) => {
                let (from, to) = (from.key.clone(), to.key.clone());
                build.reading.at("E251", row, self.material_out).with("from", from).with("to", to);
                1.0
            }
        }
    }

    fn lifetime(&self, row: Row<'_>, build: &mut Build<'_>) -> Lifetime {
        let Some(text) = build.reading.text(row, self.lifetime) else { return Lifetime::Fixed(1.0) };
        let fault = match lifetime::parse(text) {
            Ok(lifetime) => return lifetime,
            Err(fault) => fault,
        };
        let [zh, en] = match fault {
            LifetimeFault::UnknownLaw => ["没有这种寿命分布", "there is no such law"],
            LifetimeFault::WrongCount => {
                ["括号里的数多了或少了", "too few or too many numbers in the brackets"]
            }
            LifetimeFault::Number(_) => ["括号里有不是数的字", "what stands in the brackets is no number"],
            LifetimeFault::NotPositive => ["年数和标准差必须大于 0", "years and deviations must be above 0"],
        };
        let adding = build.reading.at("E250", row, self.lifetime).with("found", text.to_owned());
        adding.with("why_zh", zh).with("why", en).with("laws", LAWS.join(", "));
        Lifetime::Fixed(1.0)
    }

    /// Why a stock cannot be followed.
    fn told(&self, row: Row<'_>, fault: StockFault, build: &mut Build<'_>) {
        let stock = &build.model.stocks[StockId::from_index(row.number)];
        let key = stock.key.clone();
        let written = row.text(self.lifetime).unwrap_or_default();
        match fault {
            StockFault::NothingStays => {
                build.reading.at("E254", row, self.lifetime).with("found", written).with("stock", key);
            }
            StockFault::NothingSoOld(age) => {
                let entered = build.model.settings.base_year - 1 - age as i32;
                let adding = build.reading.at("E255", row, self.lifetime).with("found", written);
                adding.with("stock", key).with("entered", entered.to_string());
            }
            StockFault::TailTooLong => {
                build.reading.at("E256", row, self.lifetime).with("found", written).with("stock", key);
            }
        }
    }
}

/// One of the two processes of a stock: it draws what enters, or delivers what leaves, at the level of the year.
fn half(place: PlaceId, role: Role, material: MaterialId, provenance: Provenance) -> Process {
    let amount = Amount::Given(Quantity::exact(1.0));
    Process {
        key: String::new(),
        name: String::new(),
        name_en: String::new(),
        enterprise: None,
        place,
        technology: None,
        rows: vec![RecipeRow { role, material, amount, basis: Basis::Wet, provenance }],
        open: true,
        driver: Driver::Level,
        reference: 0,
        called: None,
        capacity: None,
        activity: Series::default(),
        treatment: Treatment::None,
        priority: Treatment::None.priority(),
        share: None,
        from: None,
        until: None,
        provenance,
    }
}

/// The amount of a row of a stock's years or cohorts.
fn amount(
    build: &mut Build<'_>,
    row: Row<'_>,
    column: Column,
    stock: StockId,
    yearly: bool,
) -> Option<Quantity> {
    let material = build.model.stocks[stock].material_in;
    let wanted = Wanted::of(build.drafts[material.index()].measure());
    let wanted = if yearly { wanted.yearly(365.0, 8760.0) } else { wanted };
    build.reading.quantity(row, column, &wanted)
}

fn years(build: &mut Build<'_>, sound: &[bool]) {
    let mut series: BTreeMap<u32, Points> = BTreeMap::new();
    if let Some(table) = build.tables.own(TableKind::StockYears) {
        let columns = ["stock", "year", "amount", "growth"].map(|key| table.column(key));
        let [stock, year, amount_column, growth_column] = columns;
        let common = CommonColumns::of(table);
        let years = build.model.settings.base_year..=build.model.settings.horizon;
        for row in table.rows() {
            let number = build.reading.reference(row, stock, TableKind::Stocks);
            let year = year_within(&mut build.reading, row, year, &years);
            let growth = growth(&mut build.reading, row, growth_column);
            let provenance = build.reading.provenance(row, &common);
            let Some(number) = number else { continue };
            let points = series.entry(number).or_default();
            if !sound.get(number as usize).copied().unwrap_or(false) {
                build.reading.as_number(row, amount_column);
                continue;
            }
            let id = StockId::from_index(number as usize);
            let yearly = build.model.stocks[id].driver == lifetime::Driver::Inflow;
            let value = amount(build, row, amount_column, id, yearly);
            if let (Some(year), Some(value)) = (year, value) {
                points.add(year, value, growth, provenance);
            }
        }
    }
    let Some(table) = build.tables.own(TableKind::Stocks) else { return };
    let id_column = table.column("id");
    let half_read = [TableKind::StockYears, TableKind::Stocks].map(|t| build.reading.half_read.contains(&t));
    let known = half_read == [false; 2] && !build.reading.unread.contains(&TableKind::StockYears);
    for row in table.rows().filter(|row| sound[row.number]) {
        let id = StockId::from_index(row.number);
        let key = build.model.stocks[id].key.clone();
        let base_year = build.model.settings.base_year;
        match series.remove(&u32::try_from(row.number).unwrap_or(u32::MAX)).map(Points::series) {
            Some(series) => {
                let first = series.points.first().map(|point| point.year);
                if let Some(first) = first.filter(|first| *first > base_year) {
                    let adding = build.reading.at("E253", row, id_column).with("found", key);
                    adding.with("first", first.to_string()).with("base", base_year.to_string());
                }
                build.model.stocks[id].given = series;
            }
            None if known => {
                build.reading.at("E252", row, id_column).with("found", key);
            }
            None => {}
        }
    }
}

fn cohorts(build: &mut Build<'_>, sound: &[bool]) {
    let Some(table) = build.tables.own(TableKind::Cohorts) else { return };
    let [stock, entered, amount_column] = ["stock", "entered", "amount"].map(|key| table.column(key));
    let common = CommonColumns::of(table);
    let base_year = build.model.settings.base_year;
    for row in table.rows() {
        let number = build.reading.reference(row, stock, TableKind::Stocks);
        let year = build.reading.year(row, entered);
        let provenance = build.reading.provenance(row, &common);
        let Some(number) = number else { continue };
        if !sound.get(number as usize).copied().unwrap_or(false) {
            build.reading.as_number(row, amount_column);
            continue;
        }
        let id = StockId::from_index(number as usize);
        let amount = amount(build, row, amount_column, id, false);
        if let Some(late) = year.filter(|year| *year >= base_year) {
            let adding = build.reading.at("E257", row, entered).with("found", late.to_string());
            adding.with("base", base_year.to_string());
            continue;
        }
        let faulty = row.text(entered).is_some() && year.is_none();
        if let Some(amount) = amount.filter(|_| !faulty) {
            build.model.stocks[id].opening.push(Cohort { entered: year, amount, provenance });
        }
    }
}
