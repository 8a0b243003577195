//! Funds, duties, appropriations and financing.

use crate::calendar::Month;
use crate::id::{FundId, Id, PlaceId, ProjectId};
use crate::input::build::Build;
use crate::input::names::Found;
use crate::input::read::{Column, Row};
use crate::input::reading::CommonColumns;
use crate::model::{
    Appropriation, AppropriationState, Duty, Financing, Fund, FundLevel, IfMissing, MatchingRule, Payment,
    Places, ProjectClass, Recurrence, TableKind,
};

/// Reads `funds`, `duties`, `appropriations` and `financing`.
pub(in crate::input) fn read(build: &mut Build<'_>) {
    funds(build);
    duties(build);
    appropriations(build);
    financing(build);
}

fn level_of(word: &str) -> FundLevel {
    match word {
        "central" => FundLevel::Central,
        "provincial" => FundLevel::Provincial,
        "municipal" => FundLevel::Municipal,
        "county" => FundLevel::County,
        "enterprise" => FundLevel::Enterprise,
        "bank" => FundLevel::Bank,
        _ => FundLevel::Social,
    }
}

fn funds(build: &mut Build<'_>) {
    let Some(table) = build.tables.own(TableKind::Funds) else { return };
    let keys = ["id", "name", "name_en", "level", "place", "open", "recurs", "lapse_month"];
    let [id, name, name_en, level, place, open, recurs, lapse] = keys.map(|key| table.column(key));
    let keys = ["eligible_classes", "eligible_places", "matching_rule"];
    let [eligible_classes, eligible_places, matching_rule] = keys.map(|key| table.column(key));
    let common = CommonColumns::of(table);
    for row in table.rows() {
        let before = build.reading.found.errors();
        let at = match row.text(place) {
            None => {
                build.reading.note_default(row, place.attribute, "city");
                Places::ROOT
            }
            Some(_) => {
                let number = build.reading.reference(row, place, TableKind::Places);
                number.map_or(Places::ROOT, |number| build.place(number))
            }
        };
        let eligible = build.reading.references(row, eligible_places, TableKind::Places);
        let eligible_places: Vec<PlaceId> = eligible.into_iter().map(|number| build.place(number)).collect();
        let matching = matching(build, row, matching_rule);
        let reading = &mut build.reading;
        let called = reading.text(row, name).unwrap_or_default().to_owned();
        let classes = reading.choices(row, eligible_classes).into_iter();
        let fund = Fund {
            key: row.text(id).unwrap_or_default().to_owned(),
            name_en: reading.text(row, name_en).unwrap_or(&called).to_owned(),
            name: called,
            level: level_of(reading.choice(row, level).unwrap_or("social")),
            place: at,
            open: reading.flag(row, open).unwrap_or(false),
            recurrence: match reading.choice(row, recurs) {
                Some("yearly") => Recurrence::Yearly,
                _ => Recurrence::Once,
            },
            lapse: reading.whole(row, lapse).and_then(|month| u32::try_from(month).ok()),
            eligible_classes: classes
                .map(|word| if word == "key" { ProjectClass::Key } else { ProjectClass::General })
                .collect(),
            eligible_places,
            matching,
            provenance: reading.provenance(row, &common),
        };
        build.model.funds.push(fund);
        build.unsound_funds.push(build.reading.found.errors() > before);
    }
}

fn matching(build: &mut Build<'_>, row: Row<'_>, column: Column) -> MatchingRule {
    match build.reading.text(row, column) {
        None | Some("none" | "无") => MatchingRule::None,
        Some("county_of_project" | "项目所在县") => MatchingRule::CountyOfProject,
        Some(text) => {
            let names = build.reading.names.entry(TableKind::Funds).or_default();
            if let Found::Row(number) = names.find(text) {
                return MatchingRule::Fund(FundId::from_index(number as usize));
            }
            let near = names.nearest(text);
            build.reading.at("E141", row, column).with("found", text).with("nearest", near);
            MatchingRule::None
        }
    }
}

/// The fund of a cell, if its row is sound.
fn fund_of(build: &mut Build<'_>, row: Row<'_>, column: Column) -> Option<FundId> {
    let number = build.reading.reference(row, column, TableKind::Funds)?;
    let unsound = build.unsound_funds.get(number as usize).copied().unwrap_or(true);
    (!unsound).then(|| FundId::from_index(number as usize))
}

/// A month not before the first one. What comes after the horizon is told by the checks of the money (W405, W407):
/// plans may reach further than a calculation.
fn month_from_the_first_on(build: &mut Build<'_>, row: Row<'_>, column: Column) -> Option<Month> {
    let month = build.reading.month(row, column)?;
    let (first, last) = (build.model.settings.first_month(), build.model.settings.last_month());
    if month >= first {
        return Some(month);
    }
    let adding = build.reading.at("E215", row, column).with("found", month.to_string());
    adding.with("first", first.to_string()).with("last", last.to_string());
    None
}

fn duties(build: &mut Build<'_>) {
    let Some(table) = build.tables.own(TableKind::Duties) else { return };
    let [place, fund, amount, due] = ["place", "fund", "amount", "due"].map(|key| table.column(key));
    let common = CommonColumns::of(table);
    for row in table.rows() {
        let at = build.reading.reference(row, place, TableKind::Places).map(|number| build.place(number));
        let of = fund_of(build, row, fund);
        let amount = build.reading.money(row, amount);
        let due = month_from_the_first_on(build, row, due);
        let provenance = build.reading.provenance(row, &common);
        if let (Some(place), Some(fund), Some(amount), Some(due)) = (at, of, amount, due) {
            build.model.duties.push(Duty { place, fund, amount, due, provenance });
        }
    }
}

fn appropriations(build: &mut Build<'_>) {
    let Some(table) = build.tables.own(TableKind::Appropriations) else { return };
    let [fund, month, amount, state] = ["fund", "month", "amount", "state"].map(|key| table.column(key));
    let common = CommonColumns::of(table);
    for row in table.rows() {
        let of = fund_of(build, row, fund);
        let month = month_from_the_first_on(build, row, month);
        let amount = build.reading.money(row, amount);
        let state = build.reading.choice(row, state).map(|word| match word {
            "committed" => AppropriationState::Committed,
            "requested" => AppropriationState::Requested,
            _ => AppropriationState::PaidIn,
        });
        let provenance = build.reading.provenance(row, &common);
        if let (Some(fund), Some(month), Some(amount), Some(state)) = (of, month, amount, state) {
            build.model.appropriations.push(Appropriation { fund, month, amount, state, provenance });
        }
    }
}

fn financing(build: &mut Build<'_>) {
    let Some(table) = build.tables.own(TableKind::Financing) else { return };
    let keys = ["project", "fund", "amount", "payment", "if_missing"];
    let [project, fund, amount, payment, if_missing] = keys.map(|key| table.column(key));
    let common = CommonColumns::of(table);
    for row in table.rows() {
        let of = fund_of(build, row, fund);
        let reading = &mut build.reading;
        let project = reading.reference(row, project, TableKind::Projects);
        let amount = reading.money(row, amount);
        let payment: Option<Payment> = reading.payment(row, payment);
        let if_missing = reading.choice(row, if_missing).map(|word| match word {
            "owner_covers" => IfMissing::OwnerCovers,
            "drop" => IfMissing::Drop,
            _ => IfMissing::Wait,
        });
        let provenance = reading.provenance(row, &common);
        let project = project.map(|number| ProjectId::from_index(number as usize));
        let known =
            [project.is_some(), of.is_some(), amount.is_some(), payment.is_some(), if_missing.is_some()];
        build.financing_left_out |= known.contains(&false);
        let project = project.filter(|id| build.is_sound_project(*id));
        let read = (project, of, amount, payment, if_missing);
        if let (Some(project), Some(fund), Some(amount), Some(payment), Some(if_missing)) = read {
            let row = Financing { project, fund, amount, payment, if_missing, provenance };
            build.model.financing.push(row);
        }
    }
}
