//! Rows of recipes: amounts in the base unit of their material, bases brought together.
//!
//! A row written wet for a material that is traded dry is split: the material gets the dry part, the water a
//! row of its own on the same side. A row written dry for a material that is traded wet gets the wet amount,
//! and the water that comes with it leaves (or enters) by a row of its own on the other side.

use super::materials::moisture_water;
use crate::id::MaterialId;
use crate::input::build::Build;
use crate::input::read::{Column, RawTable, Row};
use crate::input::reading::{CommonColumns, Wanted};
use crate::model::{Amount, Basis, RecipeRow, Role, TableKind};

/// The role of a word.
pub(in crate::input) fn role_of(word: &str) -> Role {
    match word {
        "feed" => Role::Feed,
        "input" => Role::Input,
        "product" => Role::Product,
        "byproduct" => Role::Byproduct,
        "recirculated" => Role::Recirculated,
        "emission" => Role::Emission,
        _ => Role::Loss,
    }
}

/// A recipe as read.
#[derive(Clone, Debug, Default)]
pub(in crate::input) struct Recipe {
    /// Its rows, water of bases included.
    pub(in crate::input) rows: Vec<RecipeRow>,
    /// Whether every row could be read.
    pub(in crate::input) sound: bool,
}

/// Rows of both shelves with their columns, found once.
pub(in crate::input) struct RecipeTable<'a> {
    tables: Vec<(&'a RawTable, [Column; 4], CommonColumns)>,
}

impl<'a> RecipeTable<'a> {
    /// The recipes of both shelves.
    pub(in crate::input) fn of(build: &Build<'a>) -> Self {
        let tables = build.tables.both(TableKind::Recipes);
        let with_columns = tables.map(|table| {
            let columns = ["role", "material", "quantity", "basis"].map(|key| table.column(key));
            (table, columns, CommonColumns::of(table))
        });
        Self { tables: with_columns.collect() }
    }

    fn row(&self, number: u32) -> Option<(Row<'a>, &[Column; 4], &CommonColumns)> {
        let mut number = number as usize;
        for (table, columns, common) in &self.tables {
            if number < table.len() {
                return Some((Row { table, number }, columns, common));
            }
            number -= table.len();
        }
        None
    }

    /// Reads the rows of one recipe.
    pub(in crate::input) fn recipe(
        &self,
        numbers: impl ExactSizeIterator<Item = u32>,
        build: &mut Build<'_>,
    ) -> Recipe {
        let mut recipe = Recipe { rows: Vec::with_capacity(numbers.len()), sound: true };
        let before = build.reading.found.errors();
        for number in numbers {
            let Some((row, columns, common)) = self.row(number) else { continue };
            read_row(row, columns, common, build, &mut recipe.rows);
        }
        recipe.sound = build.reading.found.errors() == before;
        recipe
    }
}

fn read_row(
    row: Row<'_>,
    columns: &[Column; 4],
    common: &CommonColumns,
    build: &mut Build<'_>,
    rows: &mut Vec<RecipeRow>,
) {
    let [role, material, quantity, basis] = *columns;
    let role = build.reading.choice(row, role).map(role_of);
    let material = build.reading.reference(row, material, TableKind::Materials);
    let material = material.and_then(|material| build.material(material));
    let (Some(role), Some(material)) = (role, material) else { return };
    let draft = &build.drafts[crate::id::Id::index(material)];
    let Some(amount) = build.reading.amount(row, quantity, &Wanted::of(draft.measure())) else { return };
    let given = match build.reading.choice(row, basis) {
        Some("dry") => Basis::Dry,
        Some(_) => Basis::Wet,
        None => build.model.materials[material].basis,
    };
    let traded = build.model.materials[material].basis;
    let provenance = build.reading.provenance(row, common);
    let record = RecipeRow { role, material, amount, basis: traded, provenance };
    if given == traded {
        rows.push(record);
        return;
    }
    let moisture = build.model.materials[material].moisture;
    let mass = build.model.materials[material].mass_per_unit;
    let (Amount::Given(amount), Some(moisture), Some(mass)) = (amount, moisture, mass) else {
        let code = if amount == Amount::Rest { "E206" } else { "E205" };
        let key = build.model.materials[material].key.clone();
        build.reading.at(code, row, basis).with("material", key);
        return;
    };
    let (factor, water) = match traded {
        Basis::Dry => (1.0 - moisture, moisture * mass),
        Basis::Wet => (1.0 / (1.0 - moisture), moisture / (1.0 - moisture) * mass),
    };
    rows.push(RecipeRow { amount: Amount::Given(amount.times(factor)), ..record });
    let same_side = traded == Basis::Dry;
    let role = match role {
        Role::Feed | Role::Input => side(same_side),
        Role::Product | Role::Byproduct | Role::Emission => side(!same_side),
        Role::Loss if same_side => Role::Loss,
        Role::Loss => Role::Input,
        // What goes round inside carries its water with it.
        Role::Recirculated => return,
    };
    if water > 0.0 {
        let material: MaterialId = moisture_water(build);
        let amount = Amount::Given(amount.times(water));
        rows.push(RecipeRow { role, material, amount, basis: Basis::Wet, provenance });
    }
}

fn side(enters: bool) -> Role {
    if enters { Role::Input } else { Role::Emission }
}

/// The row in which activity is counted: of the given material, or the usual one of the driver.
#[must_use]
pub(in crate::input) fn reference_of(
    rows: &[RecipeRow],
    driver: crate::model::Driver,
    material: Option<MaterialId>,
) -> Option<usize> {
    use crate::model::Driver;
    let of = |roles: &[Role]| {
        let fits = |r: &RecipeRow| roles.contains(&r.role) && material.is_none_or(|m| m == r.material);
        rows.iter().position(fits)
    };
    match driver {
        Driver::Feed | Driver::Both => of(&[Role::Feed]).or_else(|| of(&[Role::Input])),
        Driver::Demand => of(&[Role::Product]),
        Driver::Level => of(&[Role::Feed])
            .or_else(|| of(&[Role::Product]))
            .or_else(|| of(&[Role::Input, Role::Byproduct, Role::Emission, Role::Loss])),
    }
}
