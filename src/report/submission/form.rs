//! What goes into the cells of the superior's own form, by a map of cells to figures.
//!
//! A map is TOML: `"Sheet1!C5" = "ce2017-07"`, or the name of a cell on the left. On the right stands an indicator's
//! id or name, for a county or park with `@` and its id or name; behind a point `target`, `base`, `grade`, `unit`, `poor_share` or
//! `percent` (a rate as 65.2 instead of 0.652); or `year`, `place`, `scenario`; or words after `text:`.

use super::Filing;
use crate::indicators::{Definition, Grade, IndicatorValue};
use crate::model::Places;
use crate::report::named;
use crate::report::workbook::filled::Filling;

/// Why a cell gets nothing, in both languages.
pub type Lacking = [String; 2];

/// What goes into the cells of a map, in its order.
#[must_use]
pub fn fillings(filing: &Filing<'_>, map: &[(String, String)]) -> Vec<(String, Result<Filling, Lacking>)> {
    map.iter().map(|(cell, wanted)| (cell.clone(), filling(filing, wanted))).collect()
}

fn filling(filing: &Filing<'_>, wanted: &str) -> Result<Filling, Lacking> {
    let settings = &filing.model().settings;
    match wanted.trim() {
        "year" => return Ok(Filling::Number(f64::from(filing.year))),
        "place" => {
            return Ok(Filling::Text(named(filing.language(), &settings.name, &settings.name_en).to_owned()));
        }
        "scenario" => return Ok(Filling::Text(filing.subject.scenario_name(filing.scenario).to_owned())),
        text if text.starts_with("text:") => {
            return Ok(Filling::Text(text["text:".len()..].trim().to_owned()));
        }
        _ => {}
    }
    let (figure, what) = wanted.trim().split_once('.').unwrap_or((wanted.trim(), ""));
    let (key, place) = figure.split_once('@').unwrap_or((figure, ""));
    let lacking = |zh: &str, en: &str| Err([format!("{zh}：{wanted}"), format!("{en}: {wanted}")]);
    let definitions = filing.subject.definitions;
    let Some(at) = definitions.iter().position(|d| d.key == key || d.name == key || d.name_en == key) else {
        return lacking("没有这个指标", "there is no such indicator");
    };
    let place = match place {
        "" => Some(Places::ROOT),
        key => {
            let is_it = |place: &crate::model::Place| {
                [&place.key, &place.name, &place.name_en].contains(&&key.to_owned())
            };
            filing.model().places.0.find(is_it).map(|(id, _)| id)
        }
    };
    let Some(place) = place else { return lacking("没有这个地点", "there is no such place") };
    let year = if what == "base" { settings.base_year } else { filing.year };
    let Some(value) = filing.value(at, place, year) else {
        return lacking("该地点没有这个指标的数", "the place has no such figure");
    };
    let found = of_value(filing, &definitions[at], value, what);
    found.map_or_else(|| lacking("没有这个数", "there is no such figure"), Ok)
}

fn of_value(
    filing: &Filing<'_>,
    definition: &Definition,
    value: &IndicatorValue,
    what: &str,
) -> Option<Filling> {
    let number = match what {
        "" | "base" => value.value.as_ref().ok().copied(),
        "percent" if definition.percent => value.value.as_ref().ok().map(|number| number * 100.0),
        "target" => value.target_value,
        "poor_share" => value.poor_share,
        "grade" => {
            let provisional =
                if value.provisional { filing.pick("（暂定）", " (provisional)") } else { "" };
            let word = |grade: Grade| format!("{}{provisional}", grade.word(filing.language()));
            return value.grade.map(|grade| Filling::Text(word(grade)));
        }
        "unit" => return Some(Filling::Text(definition.unit_in(filing.language()).to_owned())),
        _ => None,
    };
    number.map(Filling::Number)
}
