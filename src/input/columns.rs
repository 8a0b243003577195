//! Plain tables of numbers, read by the names of their columns: the data of benchmarks.

use crate::diagnostic::{Code, Diagnostic, Spot};
use std::path::Path;

/// The named columns of a CSV file, in the order in which they are asked for; further columns are left alone.
///
/// # Errors
/// E750: a file that cannot be read, a column that is not there, a cell that is no finite number.
pub fn read(path: &Path, names: &[&str]) -> Result<Vec<Vec<f64>>, Diagnostic> {
    let fault = |row: Option<u32>, why: [String; 2]| told(path, row, why);
    let mut reader =
        csv::Reader::from_path(path).map_err(|error| fault(None, [error.to_string(), error.to_string()]))?;
    let headers = reader.headers().map_err(|error| fault(None, [error.to_string(), error.to_string()]))?;
    let mut places = Vec::with_capacity(names.len());
    for name in names {
        let place = headers.iter().position(|header| header.trim() == *name);
        places.push(
            place.ok_or_else(|| fault(None, [format!("没有“{name}”列"), format!("no column “{name}”")]))?,
        );
    }
    let mut columns = vec![Vec::new(); names.len()];
    let mut record = csv::StringRecord::new();
    let mut row = 1;
    loop {
        row += 1;
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Ok(columns),
            Err(error) => return Err(fault(Some(row), [error.to_string(), error.to_string()])),
        }
        for (column, (place, name)) in columns.iter_mut().zip(places.iter().zip(names)) {
            let text = record.get(*place).unwrap_or_default();
            let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
            column.push(number.ok_or_else(|| {
                let why = [format!("{name} 的“{text}”不是数"), format!("“{text}” in {name} is no number")];
                fault(Some(row), why)
            })?);
        }
    }
}

/// A finding about such a file.
#[must_use]
pub fn told(path: &Path, row: Option<u32>, why: [String; 2]) -> Diagnostic {
    let [zh, en] = why;
    Diagnostic::new(Code("E750"))
        .at(Spot { file: path.display().to_string(), row, column: None })
        .with("why_zh", zh)
        .with("why_en", en)
}
