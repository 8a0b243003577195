//! Charts of a run as SVG: indicators against targets, gaps by county, the city's flows.
//!
//! Only [`canvas`] names the chart crate.

pub mod canvas;
pub mod county_gaps;
pub mod frame;
pub mod palette;
pub mod sankey;
pub mod target_dots;

use super::Summary;
use super::summary::Subject;
use crate::output::Chart;

/// All charts of a run.
#[must_use]
pub fn all(subject: &Subject<'_>, summary: &Summary) -> Vec<Chart> {
    let mut charts = Vec::new();
    charts.extend(target_dots::chart(subject, summary));
    charts.extend(county_gaps::chart(subject));
    charts.extend(sankey::chart(subject));
    charts
}
