//! A reconciled year as files: `<out>/<model id>-reconciled/`, whole or not at all.

use super::Chart;
use super::package::Described;
use super::publish::{PublishError, Published};
use super::row::{Field, Kind, Rows, field};
use super::side_folder::{Fill, SideFolder, filled, told};
use super::sink::Sink;
use crate::diagnostic::Language;
use crate::input::Loaded;
use crate::report::measured::View;
use serde_json::json;
use std::path::Path;

/// What is written.
#[derive(Clone, Debug)]
pub struct Written<'a> {
    /// The model.
    pub loaded: &'a Loaded,
    /// The reconciled year.
    pub view: &'a View,
    /// Name and SVG of the picture; none where nothing was measured that can be shown.
    pub chart: Option<Chart>,
    /// The command that was given.
    pub command: &'a str,
    /// Language of names and words.
    pub language: Language,
}

/// The tables of a reconciled year.
const TABLES: [(Described, Fill<View>); 3] = [
    (
        Described {
            name: "reconciled",
            zh: "协调：每个数的观测值、模拟值、协调值、偏差和类别",
            en: "Every quantity: measured, simulated and reconciled value, deviation and class",
            fields: QUANTITIES,
        },
        quantities,
    ),
    (
        Described {
            name: "suspects",
            zh: "可疑的观测，按剔除的先后",
            en: "Measurements that do not fit, in the order taken out",
            fields: SUSPECTS,
        },
        suspects,
    ),
    (
        Described {
            name: "layers",
            zh: "各工序的成分平衡，协调前后",
            en: "Substances in processes, before and after",
            fields: LAYERS,
        },
        layers,
    ),
];

const QUANTITIES: &[Field] = &[
    field("kind", Kind::Text, "类型", "kind of quantity"),
    field("id", Kind::Text, "编号", "ids that name it"),
    field("name", Kind::Text, "名称", "name"),
    field("unit", Kind::Text, "单位", "unit"),
    field("simulated", Kind::Number, "模拟值", "value of the simulated year"),
    field("measured", Kind::Number, "观测值", "measured value"),
    field("measured_deviation", Kind::Number, "观测的标准差", "its standard deviation; 0: exact"),
    field("reconciled", Kind::Number, "协调值", "reconciled value; empty: unobservable"),
    field("deviation", Kind::Number, "协调值的标准差", "its standard deviation"),
    field("class", Kind::Text, "类别", "redundant, nonredundant, observable, unobservable"),
    field("bound", Kind::Text, "边界", "bound that holds it"),
    field("z", Kind::Number, "检验值", "(measured − reconciled) ÷ its deviation"),
    field("suspect", Kind::Integer, "可疑的次序", "1: the first suspect"),
    field("table", Kind::Text, "表", "table it was read from"),
    field("row", Kind::Integer, "行", "row there"),
];

fn quantities(view: &View, rows: &mut Rows) {
    for row in &view.quantities {
        rows.row(&[
            row.kind.into(),
            row.id.as_str().into(),
            row.name.as_str().into(),
            row.unit.as_str().into(),
            row.simulated.into(),
            row.measured.into(),
            row.measured_deviation.into(),
            row.reconciled.into(),
            row.deviation.into(),
            row.class.into(),
            row.bound.into(),
            row.z.into(),
            row.suspect.map(|at| at as i64).into(),
            row.table.as_deref().into(),
            row.row.into(),
        ]);
    }
}

const SUSPECTS: &[Field] = &[
    field("order", Kind::Integer, "次序", "order in which it was taken out"),
    field("reporter", Kind::Text, "谁的数", "whose figure it is"),
    field("name", Kind::Text, "名称", "name"),
    field("table", Kind::Text, "表", "table"),
    field("row", Kind::Integer, "行", "row"),
    field("unit", Kind::Text, "单位", "unit"),
    field("measured", Kind::Number, "观测值", "measured value"),
    field("fitting", Kind::Number, "相容的值", "value that would fit the others"),
    field("fitting_deviation", Kind::Number, "其标准差", "its standard deviation"),
    field("ratio", Kind::Number, "观测÷相容", "measured ÷ fitting"),
    field("z", Kind::Number, "检验值", "test value when it was taken out"),
];

fn suspects(view: &View, rows: &mut Rows) {
    for (at, row) in view.suspects.iter().enumerate() {
        rows.row(&[
            (at as i64 + 1).into(),
            row.reporter.as_str().into(),
            row.name.as_str().into(),
            row.table.as_deref().into(),
            row.row.into(),
            row.unit.as_str().into(),
            row.measured.into(),
            row.fitting.into(),
            row.fitting_deviation.into(),
            row.ratio.into(),
            row.z.into(),
        ]);
    }
}

const LAYERS: &[Field] = &[
    field("process", Kind::Text, "工序", "process"),
    field("substance", Kind::Text, "成分", "substance"),
    field("enters_before", Kind::Number, "协调前进入（t/a）", "enters before, t a year"),
    field("leaves_before", Kind::Number, "协调前离开（t/a）", "leaves before"),
    field("enters_after", Kind::Number, "协调后进入（t/a）", "enters after"),
    field("leaves_after", Kind::Number, "协调后离开（t/a）", "leaves after"),
    field(
        "carried_by",
        Kind::Text,
        "差由谁带",
        "material without given content, which carries the difference",
    ),
];

fn layers(view: &View, rows: &mut Rows) {
    for row in &view.layers {
        rows.row(&[
            row.process.as_str().into(),
            row.substance.as_str().into(),
            row.enters[0].into(),
            row.leaves[0].into(),
            row.enters[1].into(),
            row.leaves[1].into(),
            row.open.as_deref().into(),
        ]);
    }
}

/// Writes the folder, replacing what stood there once all is written.
///
/// # Errors
/// When the folder is not ours to replace or the disk refuses; what stood there is then untouched.
pub fn write(folder: &Path, sink: &dyn Sink, written: &Written<'_>) -> Result<Published, PublishError> {
    let view = written.view;
    let told = told(&json!({
        "year": view.year,
        "confidence": view.confidence,
        "measured": view.measured,
        "redundant": view.redundant,
        "statistic": view.statistic,
        "degrees_of_freedom": view.degrees,
        "p_value": view.p_value,
        "suspects": view.suspects.len(),
    }));
    let folder_of = SideFolder {
        loaded: written.loaded,
        command: written.command,
        language: written.language,
        tables: filled(&TABLES, view),
        charts: written.chart.as_slice(),
        pages: &[],
        files: Vec::new(),
        folders: &[],
        told,
    };
    folder_of.write(folder, sink)
}
