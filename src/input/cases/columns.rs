//! Which tables a kind reads, and their columns.

use crate::case::Kind;

/// A table of the format.
#[derive(Clone, Copy, Debug)]
pub(super) struct TableColumns {
    /// Name of its file without `.csv`.
    pub(super) name: &'static str,
    /// Columns that must be there.
    pub(super) required: &'static [&'static str],
    /// Columns that may be there.
    pub(super) optional: &'static [&'static str],
}

const fn table(
    name: &'static str,
    required: &'static [&'static str],
    optional: &'static [&'static str],
) -> TableColumns {
    TableColumns { name, required, optional }
}

const NODES: TableColumns = table("nodes", &["node", "kind"], &[]);
const FLOWS: TableColumns =
    table("flows", &["flow", "from", "to", "value"], &["lower", "upper", "period", "sampled"]);
const COEFFICIENTS: TableColumns =
    table("coefficients", &["node", "flow", "value"], &["layer", "of", "id", "period", "sampled"]);
const LAYERS: TableColumns = table("layers", &["flow", "layer", "value", "as"], &["id", "period", "sampled"]);
const RELATIONS: TableColumns = table("relations", &["relation", "flow", "factor"], &["constant"]);
const RELEASE: TableColumns = table("release", &["node", "flow", "age", "value"], &[]);
const PERIODS: TableColumns = table("periods", &["period"], &[]);
const OUTPUTS: TableColumns = table("outputs", &["output", "expression"], &[]);
const VARIABLES: TableColumns = table("variables", &["variable", "value"], &["start", "lower", "upper"]);
const EQUATIONS: TableColumns = table("equations", &["equation", "expression"], &[]);
/// Its other columns are the variables and outputs.
const DESIGN: TableColumns = table("design", &["trajectory"], &[]);
const SERIES: TableColumns = table("series", &["period", "quantity", "value"], &["region", "product"]);
const STOCKS: TableColumns =
    table("stocks", &["driver", "lifetime", "convention"], &["negative_inflow", "region", "product"]);
const OPENING: TableColumns = table("opening", &["age", "value"], &["region", "product"]);
const PROJECTS: TableColumns = table("projects", &["project", "value"], &[]);
const BUDGETS: TableColumns = table("budgets", &["budget", "amount"], &[]);
const USES: TableColumns = table("uses", &["project", "budget", "amount"], &[]);
const CHOICES: TableColumns = table("relations", &["project", "relation", "other"], &[]);
const TERMS: TableColumns = table("terms", &["term", "value"], &["unit"]);
const FORMULAS: TableColumns = table("formulas", &["indicator", "formula"], &[]);
/// What a case of any kind replaces, and what it expects.
pub(super) const VARIANT_ROWS: TableColumns =
    table("variants", &["variant", "table", "key", "column", "value"], &[]);
/// What somebody else found.
pub(super) const EXPECTED: TableColumns = table(
    "expected",
    &["quantity", "what", "value"],
    &["variant", "period", "relative", "absolute", "region", "product"],
);

/// The tables that a kind reads.
pub(super) fn of(kind: Kind) -> &'static [TableColumns] {
    match kind {
        Kind::Flows => &[
            NODES,
            FLOWS,
            COEFFICIENTS,
            LAYERS,
            RELATIONS,
            RELEASE,
            PERIODS,
            OUTPUTS,
            VARIANT_ROWS,
            EXPECTED,
        ],
        Kind::Reconcile => &[
            NODES,
            FLOWS,
            COEFFICIENTS,
            LAYERS,
            RELATIONS,
            VARIABLES,
            EQUATIONS,
            OUTPUTS,
            VARIANT_ROWS,
            EXPECTED,
        ],
        Kind::Stock => &[SERIES, STOCKS, OPENING, PERIODS, VARIANT_ROWS, EXPECTED],
        Kind::Ensemble => &[
            NODES,
            FLOWS,
            COEFFICIENTS,
            LAYERS,
            RELATIONS,
            RELEASE,
            PERIODS,
            OUTPUTS,
            VARIABLES,
            VARIANT_ROWS,
            EXPECTED,
        ],
        Kind::Sensitivity => &[VARIABLES, OUTPUTS, DESIGN, VARIANT_ROWS, EXPECTED],
        Kind::Mix => &[PROJECTS, BUDGETS, USES, CHOICES, VARIANT_ROWS, EXPECTED],
        Kind::Indicator => &[TERMS, FORMULAS, VARIANT_ROWS, EXPECTED],
    }
}

/// Names of all tables of the format.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    Kind::ALL.into_iter().flat_map(|kind| of(kind).iter().map(|table| table.name))
}

/// The tables that a kind cannot do without, given those that are there.
pub(super) fn needed(kind: Kind, met: &[&str]) -> &'static [&'static str] {
    let has_variables = met.contains(&"variables");
    match kind {
        Kind::Reconcile if has_variables => &["variables", "expected"],
        Kind::Ensemble if has_variables => &["variables", "outputs", "expected"],
        Kind::Flows | Kind::Reconcile | Kind::Ensemble => &["nodes", "flows", "expected"],
        Kind::Stock => &["series", "stocks", "expected"],
        Kind::Sensitivity => &["variables", "outputs", "expected"],
        Kind::Mix => &["projects", "expected"],
        Kind::Indicator => &["terms", "formulas", "expected"],
    }
}
