//! The tree of places, and the enterprises in it.

use crate::id::Id;
use crate::input::build::Build;
use crate::input::reading::CommonColumns;
use crate::model::{Enterprise, Place, PlaceKind, TableKind};

/// Words of place kinds.
fn kind_of(word: &str) -> PlaceKind {
    match word {
        "county" => PlaceKind::County,
        "park" => PlaceKind::Park,
        "agricultural_park" => PlaceKind::AgriculturalPark,
        "zone" => PlaceKind::Zone,
        _ => PlaceKind::City,
    }
}

/// Reads `places` (parents are put before children) and `enterprises`.
pub(in crate::input) fn read(build: &mut Build<'_>) {
    places(build);
    enterprises(build);
}

fn places(build: &mut Build<'_>) {
    let Some(table) = build.tables.own(TableKind::Places) else { return };
    let columns = ["id", "name", "name_en", "kind", "parent", "frame_only"].map(|key| table.column(key));
    let [id, name, name_en, kind, parent, frame_only] = columns;
    let common = CommonColumns::of(table);
    let mut records = Vec::new();
    let mut above: Vec<Option<u32>> = Vec::new();
    for row in table.rows() {
        let reading = &mut build.reading;
        let key = row.text(id).unwrap_or_default().to_owned();
        let called = reading.text(row, name).unwrap_or_default().to_owned();
        let place = Place {
            name_en: reading.text(row, name_en).unwrap_or(&called).to_owned(),
            name: called,
            kind: kind_of(reading.choice(row, kind).unwrap_or("city")),
            parent: None,
            frame_only: reading.flag(row, frame_only).unwrap_or(false),
            provenance: reading.provenance(row, &common),
            key,
        };
        // A parent that is not found counts as the root, so that only one finding is told.
        let of =
            row.text(parent).map(|_| reading.reference(row, parent, TableKind::Places).unwrap_or(u32::MAX));
        records.push(place);
        above.push(of);
    }
    let roots: Vec<usize> = (0..above.len()).filter(|i| above[*i].is_none()).collect();
    match roots.as_slice() {
        [] if records.is_empty() => {
            if !build.reading.unread.contains(&TableKind::Places) {
                build.push("E201", &table.file, &[]);
            }
            return;
        }
        [] => build.push("E202", &table.file, &[]),
        [_] => {}
        [first, others @ ..] => {
            for other in others {
                let row = table.rows().nth(*other).expect("a row of the table");
                let adding = build.reading.at("E203", row, parent);
                adding.with("found", &records[*other].key).with("root", &records[*first].key);
            }
        }
    }
    let order = parents_first(&above);
    for member in (0..above.len()).filter(|i| !order.contains(i)) {
        let row = table.rows().nth(member).expect("a row of the table");
        build.reading.at("E204", row, parent).with("found", &records[member].key);
    }
    build.places = vec![crate::model::Places::ROOT; records.len()];
    for at in &order {
        let mut place = records[*at].clone();
        let root = build.model.places.is_empty();
        place.parent = match above[*at] {
            _ if root => None,
            Some(parent) if (parent as usize) < records.len() => Some(build.places[parent as usize]),
            _ => Some(crate::model::Places::ROOT),
        };
        build.places[*at] = build.model.places.0.push(place);
    }
}

/// Rows with parents before children, roots first; rows of a circle are left out.
fn parents_first(above: &[Option<u32>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..above.len()).filter(|i| above[*i].is_none()).collect();
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); above.len()];
    for (at, parent) in above.iter().enumerate() {
        match parent {
            Some(parent) if (*parent as usize) < above.len() => below[*parent as usize].push(at),
            Some(_) => order.push(at),
            None => {}
        }
    }
    let mut next = 0;
    while next < order.len() {
        order.extend(&below[order[next]]);
        next += 1;
    }
    order
}

fn enterprises(build: &mut Build<'_>) {
    let Some(table) = build.tables.own(TableKind::Enterprises) else { return };
    let columns = ["id", "name", "name_en", "place", "sector", "above_scale"].map(|key| table.column(key));
    let [id, name, name_en, place, sector, above_scale] = columns;
    let common = CommonColumns::of(table);
    for row in table.rows() {
        let reading = &mut build.reading;
        let called = reading.text(row, name).unwrap_or_default().to_owned();
        let at = reading.reference(row, place, TableKind::Places);
        let enterprise = Enterprise {
            key: row.text(id).unwrap_or_default().to_owned(),
            name_en: reading.text(row, name_en).unwrap_or(&called).to_owned(),
            name: called,
            sector: reading.text(row, sector).map(str::to_owned),
            above_scale: reading.flag(row, above_scale).unwrap_or(false),
            provenance: reading.provenance(row, &common),
            place: at.map_or(crate::model::Places::ROOT, |at| build.place(at)),
        };
        let number = build.model.enterprises.push(enterprise);
        debug_assert_eq!(number.index(), row.number, "an enterprise's id is its row");
    }
}

#[cfg(test)]
mod tests {
    use super::parents_first;

    #[test]
    fn parents_stand_first_and_circles_are_left_out() {
        assert_eq!(parents_first(&[Some(1), None, Some(0)]), [1, 0, 2]);
        assert_eq!(parents_first(&[None, Some(2), Some(1)]), [0]);
        assert_eq!(parents_first(&[Some(u32::MAX), None]), [1, 0]);
    }
}
