//! Materials that have neighbours on one side only.

use super::{listed, spot};
use crate::diagnostic::{Code, Diagnostic, Spot};
use crate::id::{Id, MaterialId};
use crate::model::{Material, MaterialKind, Model, Role};

/// Who gives and who takes a material.
#[derive(Clone, Default)]
struct Sides<'a> {
    makers: Vec<&'a str>,
    takers: Vec<&'a str>,
    /// The row of the first process on either side.
    spot: Spot,
    /// Whether something other than a process is a source: stock that is reclaimed, a declared import, nature.
    given: bool,
    /// Whether something other than a process takes it: final demand, a declared export or sink, the air.
    wanted: bool,
}

/// Notes on materials that are only made or only taken. Nature is expected to give what is `from_nature`, the air
/// to take emissions; a row of `markets` that speaks of import, export, stock or sink is a neighbour too.
pub(super) fn one_sided(model: &Model) -> Vec<Diagnostic> {
    let mut sides: Vec<Sides<'_>> = vec![Sides::default(); model.materials.len()];
    for process in &model.processes {
        for row in &process.rows {
            let of = &mut sides[row.material.index()];
            let list = match row.role {
                Role::Feed | Role::Input => &mut of.takers,
                Role::Product | Role::Byproduct | Role::Emission => &mut of.makers,
                Role::Recirculated | Role::Loss => continue,
            };
            if list.last() != Some(&process.key.as_str()) {
                list.push(&process.key);
            }
            if of.spot == Spot::default() {
                of.spot = spot(process.provenance);
            }
        }
    }
    for demand in &model.demands {
        sides[demand.material.index()].wanted = true;
    }
    for rule in &model.market_rules {
        let of = &mut sides[rule.material.index()];
        let reclaims = rule.reclaim_limit.is_some() || rule.reclaim_share.is_some();
        of.given |= reclaims || rule.import_limit.is_some() || rule.import_price.is_some();
        let exported = rule.export_limit.is_some() || rule.export_price.is_some();
        of.wanted |= exported || rule.export_as.is_some() || rule.sink.is_some();
    }
    for (id, material) in model.materials.enumerate() {
        sides[id.index()].given |= material.is_from_nature();
        sides[id.index()].wanted |= material.kind == MaterialKind::Emission;
    }
    model.materials.enumerate().filter_map(|(id, material)| told(id, material, &sides)).collect()
}

fn told(id: MaterialId, material: &Material, sides: &[Sides<'_>]) -> Option<Diagnostic> {
    use MaterialKind::{Emission, Energy, Product, Resource, Waste, Water};
    let of = &sides[id.index()];
    let (given, wanted) = (of.given || !of.makers.is_empty(), of.wanted || !of.takers.is_empty());
    let (code, names, [zh, en]) = match (given, wanted) {
        (true, false) if !of.makers.is_empty() => {
            let end = match material.kind {
                Resource | Product | Energy => ["运出城市", "sent out of the city"],
                Waste => ["堆存", "stored"],
                Water | Emission => ["排放", "discharged"],
            };
            ("N072", &of.makers, end)
        }
        (false, true) if !of.takers.is_empty() => {
            let end = match material.kind {
                Resource | Product | Energy => ["全部从城外调入", "all of it is brought into the city"],
                Waste | Water | Emission => ["这些工序得不到它", "these processes get none of it"],
            };
            ("N073", &of.takers, end)
        }
        _ => return None,
    };
    Some(
        Diagnostic::new(Code(code))
            .at(of.spot.clone())
            .with("material", material.key.clone())
            .with("name", material.name.clone())
            .with("name_en", material.name_en.clone())
            .with("neighbours", listed(names))
            .with("end_zh", zh)
            .with("end_en", en),
    )
}
