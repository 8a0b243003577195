//! What was measured, and what materials contain.

use super::series::year_within;
use crate::id::{EnterpriseId, Id, MaterialId, ProcessId};
use crate::input::attributes::words;
use crate::input::build::Build;
use crate::input::read::{Column, Row};
use crate::input::reading::{CommonColumns, Wanted};
use crate::model::measurement::usual_spread;
use crate::model::{
    Content, Measurement, Observed, Places, Process, Provenance, RecipeRow, Reporter, Role, TableKind,
};
use crate::quantity::{Distribution, Quantity};
use crate::units::Dimension;

/// Days and hours of operation in a year, of processes and of the whole city.
const USUAL: [(f64, f64); 2] = [(330.0, 7200.0), (365.0, 8760.0)];

/// Reads `measurements` and `contents`.
pub(in crate::input) fn read(build: &mut Build<'_>) {
    measurements(build);
    contents(build);
}

/// Columns of `measurements`.
struct Columns {
    process: Column,
    enterprise: Column,
    place: Column,
    what: Column,
    material: Column,
    year: Column,
    value: Column,
}

fn measurements(build: &mut Build<'_>) {
    let Some(table) = build.tables.own(TableKind::Measurements) else { return };
    let column = |key| table.column(key);
    let columns = Columns {
        process: column("process"),
        enterprise: column("enterprise"),
        place: column("place"),
        what: column("what"),
        material: column("material"),
        year: column("year"),
        value: column("value"),
    };
    let common = CommonColumns::of(table);
    for row in table.rows() {
        let provenance = build.reading.provenance(row, &common);
        if let Some(measurement) = measurement(build, row, &columns, provenance) {
            build.model.measurements.push(measurement);
        }
    }
}

fn measurement(
    build: &mut Build<'_>,
    row: Row<'_>,
    columns: &Columns,
    provenance: Provenance,
) -> Option<Measurement> {
    let settings = &build.model.settings;
    let (base, years) = (settings.base_year, settings.base_year..=settings.horizon);
    let year = match row.text(columns.year) {
        Some(_) => year_within(&mut build.reading, row, columns.year, &years),
        None => Some(base),
    };
    let reporter = reporter(build, row, columns);
    let what = build.reading.choice(row, columns.what);
    let material = match row.text(columns.material) {
        Some(_) => {
            let number = build.reading.reference(row, columns.material, TableKind::Materials)?;
            let used = build.material(number);
            if used.is_none() {
                nothing_moves(build, row, columns);
            }
            Some(used?)
        }
        None => None,
    };
    let (reporter, what) = (reporter?, what?);
    let (observed, material) = observed(build, row, columns, what, reporter, material)?;
    let value = value(build, row, columns, (reporter, observed, material), &provenance)?;
    Some(Measurement { reporter, observed, material, year: year?, value, provenance })
}

/// Whose figure it is: the one cell that is filled, else the city.
fn reporter(build: &mut Build<'_>, row: Row<'_>, columns: &Columns) -> Option<Reporter> {
    let cells = [columns.process, columns.enterprise, columns.place];
    let mut filled = cells.into_iter().filter(|column| row.text(*column).is_some());
    let (_, second) = (filled.next(), filled.next());
    if let Some(second) = second {
        let found = row.text(second).unwrap_or_default();
        build.reading.at("E244", row, second).with("found", found);
        return None;
    }
    if row.text(columns.process).is_some() {
        let number = build.reading.reference(row, columns.process, TableKind::Processes)?;
        let process = ProcessId::from_index(number as usize);
        return build.is_sound_process(process).then_some(Reporter::Process(process));
    }
    if row.text(columns.enterprise).is_some() {
        let number = build.reading.reference(row, columns.enterprise, TableKind::Enterprises)?;
        return Some(Reporter::Enterprise(EnterpriseId::from_index(number as usize)));
    }
    if row.text(columns.place).is_some() {
        let number = build.reading.reference(row, columns.place, TableKind::Places)?;
        return Some(Reporter::Place(build.place(number)));
    }
    Some(Reporter::Place(Places::ROOT))
}

/// What was measured, of which material; a finding where the model has nothing of the kind.
fn observed(
    build: &mut Build<'_>,
    row: Row<'_>,
    columns: &Columns,
    what: &'static str,
    reporter: Reporter,
    material: Option<MaterialId>,
) -> Option<(Observed, MaterialId)> {
    let of_process = matches!(what, "activity" | "coefficient");
    let of_place = !of_process && !matches!(what, "input" | "output");
    let needed = match reporter {
        Reporter::Place(_) | Reporter::Enterprise(_) if of_process => Some(columns.process),
        Reporter::Process(_) | Reporter::Enterprise(_) if of_place => Some(columns.place),
        _ if material.is_none() && what != "activity" => Some(columns.material),
        _ => None,
    };
    if let Some(column) = needed {
        let word = words::OBSERVED.iter().find(|word| word.word == what).map_or(what, |word| word.zh);
        let adding = build.reading.at("E245", row, column).with("what", what);
        adding
            .with("what_zh", word)
            .with("column", column.attribute.key)
            .with("column_zh", column.attribute.zh);
        return None;
    }
    if let (Reporter::Process(process), "activity") = (reporter, what) {
        let process = &build.model.processes[process];
        return Some((Observed::Activity, process.rows[process.reference].material));
    }
    let material = material?;
    let side = |row: &RecipeRow, out: bool| row.material == material && is_on_side(row, out);
    let moves = |process: &Process, out: bool| process.rows.iter().any(|row| side(row, out));
    let any = |out: bool| match reporter {
        Reporter::Process(process) => moves(&build.model.processes[process], out),
        Reporter::Enterprise(enterprise) => {
            build.model.processes.iter().any(|p| p.enterprise == Some(enterprise) && moves(p, out))
        }
        Reporter::Place(place) => {
            let within = |p: &&Process| build.model.places.is_within(p.place, place);
            build.model.processes.iter().filter(within).any(|p| moves(p, out))
        }
    };
    let observed = match what {
        "input" => any(false).then_some(Observed::Input),
        "output" => any(true).then_some(Observed::Output),
        "coefficient" => match reporter {
            Reporter::Process(process) => {
                let process = &build.model.processes[process];
                let fits = |at: &usize| *at != process.reference && process.rows[*at].material == material;
                let mut rows = (0..process.rows.len()).filter(fits);
                let first = rows.next();
                first.filter(|_| rows.next().is_none()).map(Observed::Coefficient)
            }
            _ => None,
        },
        "demand" => Some(Observed::Demand),
        "import" => Some(Observed::Import),
        "extraction" => Some(Observed::Extraction),
        "export" => Some(Observed::Export),
        "stored" => Some(Observed::Stored),
        "disposed" => Some(Observed::Disposed),
        "discharged" => Some(Observed::Discharged),
        "reclaimed" => Some(Observed::Reclaimed),
        _ => Some(Observed::ClosingStock),
    };
    if observed.is_none() {
        nothing_moves(build, row, columns);
    }
    Some((observed?, material))
}

/// Whether a recipe row stands on the side that is asked for.
fn is_on_side(row: &RecipeRow, out: bool) -> bool {
    if out { row.role.is_delivery() || row.role == Role::Loss } else { row.role.is_input() }
}

fn nothing_moves(build: &mut Build<'_>, row: Row<'_>, columns: &Columns) {
    let found = row.text(columns.material).unwrap_or_default();
    let whose = [columns.process, columns.enterprise, columns.place].into_iter();
    let whose = whose.filter_map(|column| row.text(column)).next().unwrap_or_default().to_owned();
    build.reading.at("E246", row, columns.material).with("found", found).with("reporter", whose);
}

/// The figure in base units; where it says no deviation, that of its quality.
fn value(
    build: &mut Build<'_>,
    row: Row<'_>,
    columns: &Columns,
    (reporter, observed, material): (Reporter, Observed, MaterialId),
    provenance: &Provenance,
) -> Option<Quantity> {
    let amount = Wanted::of(build.drafts[material.index()].measure());
    let wanted = match (reporter, observed) {
        (Reporter::Process(process), Observed::Coefficient(_)) => {
            let process = &build.model.processes[process];
            let reference = process.rows[process.reference].material;
            amount.per(build.drafts[reference.index()].measure())
        }
        (Reporter::Place(_), _) => amount.yearly(USUAL[1].0, USUAL[1].1),
        _ => amount.yearly(USUAL[0].0, USUAL[0].1),
    };
    let quantity = build.reading.quantity(row, columns.value, &wanted)?;
    let text = row.text(columns.value).unwrap_or_default();
    let says =
        quantity.distribution.is_some() || text.contains('±') || text.contains("+-") || text.contains("+/-");
    if says {
        return Some(quantity);
    }
    if quantity.central == 0.0 {
        build.reading.at("E247", row, columns.value).with("found", text);
        return None;
    }
    let spread = usual_spread(provenance.quality);
    build.reading.note_default(row, columns.value.attribute, &format!("±{}%", (spread * 100.0).round()));
    let normal = Distribution::Normal { mean: quantity.central, deviation: spread * quantity.central };
    Some(Quantity { distribution: Some(normal), ..quantity })
}

fn contents(build: &mut Build<'_>) {
    let Some(table) = build.tables.own(TableKind::Contents) else { return };
    let [material, substance, share] = ["material", "substance", "share"].map(|key| table.column(key));
    let common = CommonColumns::of(table);
    for row in table.rows() {
        let number = build.reading.reference(row, material, TableKind::Materials);
        let substance = build.reading.choice(row, substance);
        let quantity = build.reading.quantity(row, share, &Wanted::plain(Dimension::Number));
        let provenance = build.reading.provenance(row, &common);
        if quantity.is_some_and(|share| share.central > 1.0) {
            let text = row.text(share).unwrap_or_default();
            build.reading.at("E120", row, share).with("found", text);
            continue;
        }
        // What the model does not use may have contents all the same: a list may serve several models.
        let used = number.and_then(|number| build.material(number));
        let (Some(material), Some(substance), Some(share)) = (used, substance, quantity) else { continue };
        build.model.contents.push(Content { material, substance, share, provenance });
    }
}
