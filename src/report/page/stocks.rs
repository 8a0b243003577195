//! Stocks of the base scenario: first and last year, and every year when opened.

use super::Context;
use super::markup::{Html, anchor};
use super::sources;
use super::table::{Cell, Line, numbers, table, words};
use crate::id::MarketId;
use crate::model::MarketRule;
use crate::report::{named, number};
use crate::simulate::YearResult;

/// The table, and below it every stock opened year by year.
pub(super) fn all(html: &mut Html, context: &Context<'_>) {
    let (subject, language) = (context.subject, context.subject.language);
    let model = context.base_model();
    let years = &subject.run.scenarios[context.base()].trajectory.years;
    let (Some(first), Some(last)) = (years.first(), years.last()) else { return };
    let ids = subject.run.plan.network.markets.ids();
    let ids: Vec<MarketId> = ids.filter(|&id| years.iter().any(|year| has_stock(year, id))).collect();
    let columns = [
        words(language.pick("物料", "Material")),
        words(language.pick("地点", "Place")),
        words(language.pick("单位", "Unit")),
        numbers(format!("{} {}", first.year, language.pick("年初", "opening"))),
        numbers(format!("{} {}", last.year, language.pick("年末", "closing"))),
        numbers(language.pick("变化", "change")),
    ];
    let line = |&id: &MarketId| {
        let market = &subject.run.plan.network.markets[id];
        let (opening, closing) = (first.markets[id].opening_stock, last.markets[id].closing_stock);
        let place = &model.places[market.place];
        let mut cells = vec![Cell::of(material_name(context, id)).to(&anchor_of(context, id))];
        cells.push(Cell::of(named(language, &place.name, &place.name_en)));
        cells.push(Cell::of(model.materials[market.material].dimension.symbol()));
        cells.extend([opening, closing, closing - opening].map(|value| Cell::of(number::figure(value))));
        Line::Cells(cells)
    };
    let caption = format!("{}（{}）", language.pick("堆存", "Stocks"), context.base_name());
    table(html, &caption, &columns, &ids.iter().map(line).collect::<Vec<_>>());
    ids.iter().for_each(|&id| one(html, context, id, years));
}

fn has_stock(year: &YearResult, id: MarketId) -> bool {
    let market = &year.markets[id];
    market.opening_stock != 0.0 || market.closing_stock != 0.0
}

fn material_name<'a>(context: &Context<'a>, id: MarketId) -> &'a str {
    let market = &context.subject.run.plan.network.markets[id];
    let material = &context.base_model().materials[market.material];
    named(context.subject.language, &material.name, &material.name_en)
}

fn anchor_of(context: &Context<'_>, id: MarketId) -> String {
    let (model, market) = (context.base_model(), &context.subject.run.plan.network.markets[id]);
    anchor(&["stock", &model.materials[market.material].key, &model.places[market.place].key])
}

/// A stock year by year, and the row that gives its opening.
fn one(html: &mut Html, context: &Context<'_>, id: MarketId, years: &[YearResult]) {
    let (model, language) = (context.base_model(), context.subject.language);
    let market = &context.subject.run.plan.network.markets[id];
    let place = &model.places[market.place];
    let name = format!("{} · {}", material_name(context, id), named(language, &place.name, &place.name_en));
    let columns = [
        numbers(language.pick("年份", "Year")),
        numbers(language.pick("年初", "Opening")),
        numbers(language.pick("＋ 存入", "+ stored")),
        numbers(language.pick("－ 取用", "− used")),
        numbers(language.pick("＝ 年末", "= closing")),
    ];
    let line = |year: &YearResult| {
        let market = &year.markets[id];
        let used = market.reclaimed_for_draws + market.reclaimed_for_takers;
        let stored = market.stored + market.stored_by_takers;
        let figures = [market.opening_stock, stored, used, market.closing_stock].map(number::figure);
        Line::texts(std::iter::once(year.year.to_string()).chain(figures))
    };
    html.element("details", &[], |html| {
        html.leaf("summary", &[], &name);
        html.element("div", &[("class", "value"), ("id", &anchor_of(context, id))], |html| {
            let unit = model.materials[market.material].dimension.symbol();
            let lines: Vec<Line> = years.iter().map(line).collect();
            table(html, &format!("{name} ({unit})"), &columns, &lines);
            let rule: Option<&MarketRule> = market.rule.map(|rule| &model.market_rules[rule]);
            if let Some(rule) = rule {
                html.element("p", &[("class", "faint")], |html| {
                    html.text(language.pick("市场所在的行：", "Row of the market: "));
                    sources::rows(context, model, [&rule.provenance]).fill(html);
                });
            }
        });
    });
}
