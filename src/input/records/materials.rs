//! Materials and what converts into them.

use crate::id::MaterialId;
use crate::input::build::Build;
use crate::input::read::{Column, Row};
use crate::input::reading::{CommonColumns, Conversions, Measure, Reading, Wanted};
use crate::model::{Basis, Material, MaterialKind, Provenance, Shelf, TableKind};
use crate::units::{Dimension, TCE_PER_KWH, Unit};

/// A material while the model is built.
#[derive(Clone, Debug)]
pub(in crate::input) struct MaterialDraft {
    /// Its id in the model.
    pub(in crate::input) id: MaterialId,
    /// Its id as written.
    pub(in crate::input) key: String,
    /// Dimension in which it is traded.
    pub(in crate::input) dimension: Dimension,
    /// Base units of it in one base unit of each dimension.
    pub(in crate::input) conversions: Conversions,
}

impl MaterialDraft {
    /// The material as a measure of units.
    pub(in crate::input) fn measure(&self) -> Measure<'_> {
        Measure::Material { dimension: self.dimension, conversions: &self.conversions, key: &self.key }
    }
}

fn kind_of(word: &str) -> MaterialKind {
    match word {
        "resource" => MaterialKind::Resource,
        "waste" => MaterialKind::Waste,
        "water" => MaterialKind::Water,
        "energy" => MaterialKind::Energy,
        "emission" => MaterialKind::Emission,
        _ => MaterialKind::Product,
    }
}

/// Id of the water that rows of another basis carry.
pub(in crate::input) const MOISTURE_WATER: &str = "moisture_water";

/// Reads the materials that are used, the model's own before the catalogue's.
pub(in crate::input) fn read(build: &mut Build<'_>) {
    let mut number = 0;
    for table in build.tables.both(TableKind::Materials) {
        let common = CommonColumns::of(table);
        let columns = Columns::of(table);
        for row in table.rows() {
            let used = build.usage.materials.contains(&number);
            number += 1;
            if !used {
                if table.shelf == Shelf::Model {
                    let key = row.text(columns.id).unwrap_or_default();
                    build.reading.at("N103", row, columns.id).with("found", key);
                }
                build.materials.push(None);
                continue;
            }
            let before = build.reading.found.errors();
            let (material, conversions) = columns.material(row, &common, &mut build.reading);
            let faulty = build.reading.found.errors() > before;
            let draft = add(build, material, conversions);
            if faulty {
                build.unsound_materials.insert(draft.id);
            }
            build.materials.push(Some(draft));
        }
    }
}

fn add(build: &mut Build<'_>, material: Material, conversions: Conversions) -> MaterialDraft {
    let (key, dimension) = (material.key.clone(), material.dimension);
    let id = build.model.materials.push(material);
    let draft = MaterialDraft { id, key, dimension, conversions };
    build.drafts.push(draft.clone());
    draft
}

/// The water that rows of another basis carry: the material of that id, made by the program where no table has
/// it. It is taken from nature on the way in and discharged on the way out.
pub(in crate::input) fn moisture_water(build: &mut Build<'_>) -> MaterialId {
    if let Some((id, _)) = build.model.materials.find(|m| m.key == MOISTURE_WATER) {
        return id;
    }
    let material = Material {
        key: MOISTURE_WATER.into(),
        name: "物料含水".into(),
        name_en: "Moisture water".into(),
        kind: MaterialKind::Water,
        classes: vec![crate::model::material::FROM_NATURE.into()],
        dimension: Dimension::Mass,
        basis: Basis::Wet,
        moisture: None,
        mass_per_unit: Some(1.0),
        tce_per_unit: None,
        co2_per_unit: None,
        provenance: Provenance {
            quality: Some(crate::model::Quality::Derived),
            ..Provenance::made(TableKind::Materials)
        },
    };
    add(build, material, Conversions::of(Dimension::Mass)).id
}

struct Columns {
    id: Column,
    name: Column,
    name_en: Column,
    kind: Column,
    classes: Column,
    unit: Column,
    basis: Column,
    moisture: Column,
    density: Column,
    density_unit: Column,
    calorific: Column,
    coal_equivalent: Column,
    co2: Column,
}

impl Columns {
    fn of(table: &crate::input::read::RawTable) -> Self {
        let column = |key| table.column(key);
        Self {
            id: column("id"),
            name: column("name"),
            name_en: column("name_en"),
            kind: column("kind"),
            classes: column("classes"),
            unit: column("unit"),
            basis: column("basis"),
            moisture: column("moisture"),
            density: column("density"),
            density_unit: column("density_unit"),
            calorific: column("calorific_value"),
            coal_equivalent: column("coal_equivalent"),
            co2: column("co2_factor"),
        }
    }

    fn material(
        &self,
        row: Row<'_>,
        common: &CommonColumns,
        reading: &mut Reading,
    ) -> (Material, Conversions) {
        let key = row.text(self.id).unwrap_or_default().to_owned();
        let name = reading.text(row, self.name).unwrap_or_default().to_owned();
        let name_en = reading.text(row, self.name_en).unwrap_or(&name).to_owned();
        let kind = kind_of(reading.choice(row, self.kind).unwrap_or("product"));
        let dimension = self.dimension(row, reading);
        let mut conversions = Conversions::of(dimension);
        self.mass(row, dimension, &mut conversions, reading);
        let mass_per_unit = conversions.from(Dimension::Mass).map(|units| 1.0 / units);
        let tce_per_unit = self.tce(row, &key, dimension, &mut conversions, reading);
        let own = Measure::Material { dimension, conversions: &conversions, key: &key };
        let co2 = Wanted::plain(Dimension::Mass).per(own);
        let co2_per_unit = reading.number(row, self.co2, &co2);
        let moisture = reading.share(row, self.moisture).filter(|w| *w < 1.0);
        let basis = if reading.choice(row, self.basis) == Some("dry") { Basis::Dry } else { Basis::Wet };
        let material = Material {
            key,
            name,
            name_en,
            kind,
            classes: reading.words(row, self.classes),
            dimension,
            basis,
            moisture,
            mass_per_unit,
            tce_per_unit,
            co2_per_unit,
            provenance: reading.provenance(row, common),
        };
        (material, conversions)
    }

    /// The dimension of its unit: one that flows are counted in.
    fn dimension(&self, row: Row<'_>, reading: &mut Reading) -> Dimension {
        let Some(text) = reading.text(row, self.unit) else { return Dimension::Mass };
        let Some(unit) = reading.unit(row, self.unit, text) else { return Dimension::Mass };
        let plain = unit.denominator.is_none() && unit.per.is_none();
        let flows = matches!(
            unit.numerator,
            Dimension::Mass
                | Dimension::Volume
                | Dimension::NormalVolume
                | Dimension::Energy
                | Dimension::CoalEquivalent
                | Dimension::Pieces
        );
        if !plain || !flows {
            reading.at("E116", row, self.unit).with("found", text);
            return Dimension::Mass;
        }
        unit.numerator
    }

    /// Mass from and to volume, gas volume or pieces, by the density.
    fn mass(&self, row: Row<'_>, dimension: Dimension, conversions: &mut Conversions, reading: &mut Reading) {
        let Some(text) = row.text(self.density) else { return };
        let Some(number) = reading.exact(row, self.density, text) else { return };
        let unit = match row.text(self.density_unit) {
            Some(text) => reading.unit(row, self.density_unit, text),
            None => Some(self.density.unit.unwrap_or_else(|| match dimension {
                Dimension::NormalVolume => Unit::quotient(Dimension::Mass, Dimension::NormalVolume),
                Dimension::Pieces => Unit::quotient(Dimension::Mass, Dimension::Pieces),
                _ => Unit::quotient(Dimension::Mass, Dimension::Volume),
            })),
        };
        let Some(unit) = unit else { return };
        let per = unit.denominator.filter(|d| {
            unit.numerator == Dimension::Mass
                && unit.per.is_none()
                && matches!(d, Dimension::Volume | Dimension::NormalVolume | Dimension::Pieces)
        });
        let (Some(per), true) = (per, number > 0.0) else {
            reading.at("E117", row, self.density).with("found", format!("{text} {unit}"));
            return;
        };
        let tonnes = unit.to_base(number);
        if dimension == Dimension::Mass {
            conversions.0[per as usize] = Some(tonnes);
        } else if dimension == per {
            conversions.0[Dimension::Mass as usize] = Some(1.0 / tonnes);
        } else {
            let (unit, dimension) = (unit.to_string(), dimension.symbol());
            reading.at("E123", row, self.density).with("found", unit).with("expected", dimension);
        }
    }

    /// tce per base unit: given, or from the calorific value, or by nature of an energy.
    fn tce(
        &self,
        row: Row<'_>,
        key: &str,
        dimension: Dimension,
        conversions: &mut Conversions,
        reading: &mut Reading,
    ) -> Option<f64> {
        let own = Measure::Material { dimension, conversions, key };
        let given =
            reading.number(row, self.coal_equivalent, &Wanted::plain(Dimension::CoalEquivalent).per(own));
        let by_heat = || Dimension::Energy.in_terms_of(Dimension::CoalEquivalent);
        let tce = match (given, row.text(self.calorific)) {
            (Some(tce), _) => Some(tce),
            (None, Some(_)) => {
                // Without a unit it is GJ/t.
                let gigajoules = Unit::parse("GJ").map_or(1.0, |unit| unit.factor);
                let per_tonne = conversions.from(Dimension::Mass).map_or(1.0, |units| 1.0 / units);
                let wanted = Wanted::plain(Dimension::Energy).per(own).default_factor(gigajoules * per_tonne);
                reading.number(row, self.calorific, &wanted).map(|kwh| kwh * TCE_PER_KWH)
            }
            (None, None) if dimension == Dimension::Energy => by_heat(),
            (None, None) if dimension == Dimension::CoalEquivalent => Some(1.0),
            (None, None) => None,
        };
        if let Some(tce) = tce.filter(|tce| *tce > 0.0 && dimension == Dimension::Mass) {
            conversions.0[Dimension::CoalEquivalent as usize] = Some(1.0 / tce);
            conversions.0[Dimension::Energy as usize] = Some(TCE_PER_KWH / tce);
        }
        tce
    }
}
