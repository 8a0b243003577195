//! What projects change when on stream, beyond the capacity they add.

use super::recipes::role_of;
use super::statistics;
use crate::id::{Id, ProcessId, ProjectId, StockId};
use crate::input::build::Build;
use crate::input::read::{Column, Row};
use crate::input::reading::{CommonColumns, Wanted};
use crate::model::{Amount, Change, Driver, Effect, EffectTarget, Places, TableKind};
use crate::units::Dimension;
use std::collections::BTreeMap;

/// Reads `effects`, and warns of projects that change nothing.
pub(in crate::input) fn read(build: &mut Build<'_>) {
    if let Some(table) = build.tables.own(TableKind::Effects) {
        let keys = [
            "project",
            "kind",
            "process",
            "role",
            "material",
            "statistic",
            "place",
            "operation",
            "value",
            "stock",
        ];
        let columns = keys.map(|key| table.column(key));
        let common = CommonColumns::of(table);
        let mut set: BTreeMap<String, u32> = BTreeMap::new();
        for row in table.rows() {
            let project = build.reading.reference(row, columns[0], TableKind::Projects);
            let effect = effect(row, &columns, &common, build);
            let (Some(project), Some(effect)) = (project, effect) else { continue };
            if matches!(effect.change, Change::Set(_)) {
                let target = format!("{:?}", effect.target);
                if let Some(first) = set.insert(target, row.line()) {
                    build.reading.at("E233", row, columns[8]).with("first", first.to_string());
                }
            }
            let project = ProjectId::from_index(project as usize);
            if build.model.projects.get(project).is_some() {
                build.model.projects[project].effects.push(effect);
            }
        }
    }
    let Some(table) = build.tables.own(TableKind::Projects) else { return };
    // Effects may have been lost with a table that could not be read.
    if !build.reading.unread.is_empty() {
        return;
    }
    let id = table.column("id");
    for row in table.rows() {
        let project = ProjectId::from_index(row.number);
        if build.is_sound_project(project) && build.model.projects[project].effects.is_empty() {
            let found = build.model.projects[project].key.clone();
            build.reading.at("W201", row, id).with("found", found);
        }
    }
}

fn effect(
    row: Row<'_>,
    columns: &[Column; 10],
    common: &CommonColumns,
    build: &mut Build<'_>,
) -> Option<Effect> {
    let [_, kind, process, _, _, _, _, operation, value, stock] = *columns;
    let operation = build.reading.choice(row, operation);
    let kind = build.reading.choice(row, kind)?;
    let provenance = build.reading.provenance(row, common);
    let (target, base) = if kind == "statistic" {
        statistic(row, columns, build)?
    } else if kind == "level" && row.text(stock).is_some() {
        in_use(row, stock, build)?
    } else {
        let number = build.reading.reference(row, process, TableKind::Processes);
        if row.text(process).is_none() {
            build.reading.at("E234", row, process).with("kind", kind);
        }
        let id = ProcessId::from_index(number? as usize);
        if !build.is_sound_process(id) {
            return None;
        }
        on_process(row, columns, kind, id, build)?
    };
    let plain = Wanted::plain(Dimension::Number);
    let number = match operation? {
        "×" => build.reading.quantity(row, value, &plain)?,
        _ => match base {
            Base::Material(material, yearly) => {
                let draft = &build.drafts[material.index()];
                let amount = Wanted::of(draft.measure());
                let wanted = if yearly { amount.yearly(330.0, 7200.0) } else { amount };
                build.reading.quantity(row, value, &wanted)?
            }
            Base::Statistic(dimension, factor) => {
                let wanted = Wanted::plain(dimension).default_factor(factor).yearly(365.0, 8760.0);
                build.reading.quantity(row, value, &wanted)?
            }
        },
    };
    let change = match operation? {
        "×" => Change::Multiply(number),
        "=" => Change::Set(number),
        _ => Change::Add(number),
    };
    if !matches!(change, Change::Add(_)) && !number.is_non_negative() {
        let text = row.text(value).unwrap_or_default();
        build.reading.at("E109", row, value).with("found", text);
        return None;
    }
    Some(Effect { target, change, provenance })
}

/// In which unit the value of an effect is.
enum Base {
    Material(crate::id::MaterialId, bool),
    Statistic(Dimension, f64),
}

/// What drives an in-use stock.
fn in_use(row: Row<'_>, column: Column, build: &mut Build<'_>) -> Option<(EffectTarget, Base)> {
    let number = build.reading.reference(row, column, TableKind::Stocks)?;
    let id = StockId::from_index(number as usize);
    let stock = build.model.stocks.get(id)?;
    // Of a stock whose row is faulty the material may not be known.
    build.drafts.get(stock.material_in.index())?;
    let yearly = stock.driver == crate::lifetime::Driver::Inflow;
    Some((EffectTarget::InUse(id), Base::Material(stock.material_in, yearly)))
}

fn on_process(
    row: Row<'_>,
    columns: &[Column; 10],
    kind: &str,
    id: ProcessId,
    build: &mut Build<'_>,
) -> Option<(EffectTarget, Base)> {
    let [_, _, process_column, role, material, ..] = *columns;
    let process = &build.model.processes[id];
    let key = process.key.clone();
    let reference = process.rows[process.reference].material;
    match kind {
        "capacity" => {
            if process.capacity.is_none() {
                build.reading.at("W206", row, process_column).with("process", key);
            }
            Some((EffectTarget::Capacity(id), Base::Material(reference, true)))
        }
        "level" => {
            if process.driver != Driver::Level {
                build.reading.at("E235", row, process_column).with("process", key);
                return None;
            }
            Some((EffectTarget::Level(id), Base::Material(reference, true)))
        }
        _ => {
            let role = build.reading.choice(row, role).map(role_of);
            let number = build.reading.reference(row, material, TableKind::Materials);
            if row.text(material).is_none() {
                build.reading.at("E234", row, material).with("kind", kind);
            }
            let wanted = build.material(number?)?;
            let process = &build.model.processes[id];
            let fits: Vec<usize> = (0..process.rows.len())
                .filter(|at| process.rows[*at].material == wanted)
                .filter(|at| role.is_none_or(|role| process.rows[*at].role == role))
                .collect();
            let found = row.text(material).unwrap_or_default();
            match fits.as_slice() {
                [at] if process.rows[*at].amount == Amount::Rest => {
                    build.reading.at("E236", row, material).with("found", found).with("process", key);
                    None
                }
                [at] => Some((EffectTarget::Coefficient(id, *at), Base::Material(wanted, false))),
                [] => {
                    build.reading.at("E237", row, material).with("found", found).with("process", key);
                    None
                }
                _ => {
                    build.reading.at("E238", row, material).with("found", found).with("process", key);
                    None
                }
            }
        }
    }
}

fn statistic(row: Row<'_>, columns: &[Column; 10], build: &mut Build<'_>) -> Option<(EffectTarget, Base)> {
    let [_, kind, _, _, _, statistic, place, ..] = *columns;
    let place = match row.text(place) {
        None => Places::ROOT,
        Some(_) => {
            let number = build.reading.reference(row, place, TableKind::Places)?;
            build.place(number)
        }
    };
    let Some(key) = row.text(statistic) else {
        let word = row.text(kind).unwrap_or_default();
        build.reading.at("E234", row, statistic).with("kind", word);
        return None;
    };
    let (dimension, factor) = statistics::usual_unit(build, row, statistic, key)?;
    Some((EffectTarget::Statistic(key.to_owned(), place), Base::Statistic(dimension, factor)))
}
