//! Markets, final demand and prices.

use super::series::{Points, growth, year_within};
use super::technologies::treatment_of;
use crate::id::{Id, MaterialId, PlaceId};
use crate::input::build::Build;
use crate::input::read::{Column, Row};
use crate::input::reading::{CommonColumns, Wanted};
use crate::model::{FinalDemand, MarketRule, Places, Price, Sink, TableKind, Treatment};
use crate::quantity::Quantity;
use crate::units::Dimension;
use std::collections::BTreeMap;

/// Reads `markets`, `demand` and `prices`.
pub(in crate::input) fn read(build: &mut Build<'_>) {
    markets(build);
    demand(build);
    prices(build);
}

fn sink_of(word: &str) -> Sink {
    match word {
        "disposal" => Sink::Disposal,
        "discharge" => Sink::Discharge,
        _ => Sink::Storage,
    }
}

/// The place of a cell; the city where it is empty.
fn place_of(build: &mut Build<'_>, row: Row<'_>, column: Column) -> Option<PlaceId> {
    if row.text(column).is_none() {
        return Some(Places::ROOT);
    }
    let number = build.reading.reference(row, column, TableKind::Places)?;
    Some(build.place(number))
}

fn material_of(build: &mut Build<'_>, row: Row<'_>, column: Column) -> Option<MaterialId> {
    let number = build.reading.reference(row, column, TableKind::Materials)?;
    build.material(number)
}

fn markets(build: &mut Build<'_>) {
    let Some(table) = build.tables.own(TableKind::Markets) else { return };
    let amounts = ["import_limit", "export_limit", "reclaim_limit", "pass_up_limit"];
    let amounts = amounts.map(|key| table.column(key));
    let columns = ["material", "place", "opening_stock", "reclaim_share", "import_price", "export_price"];
    let columns = columns.map(|key| table.column(key));
    let [material, place, opening_stock, reclaim_share, import_price, export_price] = columns;
    let (sink, keep_local) = (table.column("sink"), table.column("keep_local"));
    let export_as = table.column("export_as");
    let common = CommonColumns::of(table);
    build.model.market_rules.reserve(table.len());
    for row in table.rows() {
        let found = material_of(build, row, material);
        let at = place_of(build, row, place);
        let sink = build.reading.choice(row, sink).map(sink_of);
        let export_as = build.reading.choice(row, export_as).map(treatment_of);
        let keep_local = build.reading.flag(row, keep_local).unwrap_or(false);
        let plain = Wanted::plain(Dimension::Number);
        let reclaim_share = build.reading.quantity(row, reclaim_share, &plain);
        if reclaim_share.is_some_and(|share| share.central > 1.0) {
            let text = row.text(columns[3]).unwrap_or_default();
            build.reading.at("E120", row, columns[3]).with("found", text);
        }
        let (Some(found), Some(at)) = (found, at) else { continue };
        let draft = &build.drafts[found.index()];
        let amount = Wanted::of(draft.measure());
        let yearly = amount.yearly(365.0, 8760.0);
        let price = Wanted::plain(Dimension::Money).per(draft.measure());
        let reading = &mut build.reading;
        let [import_limit, export_limit, reclaim_limit, pass_up_limit] =
            amounts.map(|column| reading.quantity(row, column, &yearly));
        // One unit column serves stock and yearly amounts, so `万t/a` may stand there too.
        let opening_stock = reading.quantity(row, opening_stock, &yearly);
        let rule = MarketRule {
            material: found,
            place: at,
            import_limit,
            export_limit,
            import_price: reading.quantity(row, import_price, &price),
            export_price: reading.quantity(row, export_price, &price),
            sink,
            opening_stock,
            reclaim_limit,
            reclaim_share,
            export_as: export_as.filter(|treatment| *treatment != Treatment::None),
            keep_local,
            pass_up_limit,
            provenance: reading.provenance(row, &common),
        };
        build.model.market_rules.push(rule);
    }
}

fn demand(build: &mut Build<'_>) {
    let Some(table) = build.tables.own(TableKind::Demand) else { return };
    let columns = ["material", "place", "year", "quantity", "growth"].map(|key| table.column(key));
    let [material, place, year, quantity, growth_column] = columns;
    let common = CommonColumns::of(table);
    let years = build.model.settings.base_year..=build.model.settings.horizon;
    let mut series: BTreeMap<(PlaceId, MaterialId), Points> = BTreeMap::new();
    for row in table.rows() {
        let found = material_of(build, row, material);
        let at = place_of(build, row, place);
        let year = year_within(&mut build.reading, row, year, &years);
        let growth = growth(&mut build.reading, row, growth_column);
        let provenance = build.reading.provenance(row, &common);
        let (Some(found), Some(at)) = (found, at) else { continue };
        let wanted = Wanted::of(build.drafts[found.index()].measure()).yearly(365.0, 8760.0);
        let value: Option<Quantity> = build.reading.quantity(row, quantity, &wanted);
        if let (Some(year), Some(value)) = (year, value) {
            series.entry((at, found)).or_default().add(year, value, growth, provenance);
        }
    }
    for ((place, material), points) in series {
        build.model.demands.push(FinalDemand { material, place, series: points.series() });
    }
}

fn prices(build: &mut Build<'_>) {
    let Some(table) = build.tables.own(TableKind::Prices) else { return };
    let columns = ["material", "year", "price", "growth"].map(|key| table.column(key));
    let [material, year, price, growth_column] = columns;
    let common = CommonColumns::of(table);
    let years = build.model.settings.base_year..=build.model.settings.horizon;
    let mut series: BTreeMap<MaterialId, Points> = BTreeMap::new();
    for row in table.rows() {
        let found = material_of(build, row, material);
        let year = year_within(&mut build.reading, row, year, &years);
        let growth = growth(&mut build.reading, row, growth_column);
        let provenance = build.reading.provenance(row, &common);
        let Some(found) = found else { continue };
        let wanted = Wanted::plain(Dimension::Money).per(build.drafts[found.index()].measure());
        let value = build.reading.quantity(row, price, &wanted);
        if let (Some(year), Some(value)) = (year, value) {
            series.entry(found).or_default().add(year, value, growth, provenance);
        }
    }
    for (material, points) in series {
        build.model.prices.push(Price { material, series: points.series() });
    }
}
