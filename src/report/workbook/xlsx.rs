//! A [`Book`] as the bytes of an `.xlsx` file; the same book gives the same bytes.

use super::book::{Bars, Book, Cell, Choice, Choices, Content, LONGEST_LIST, Sheet, Style};
use rust_xlsxwriter::{
    Chart, ChartType, Color, DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format,
    FormatAlign, FormatBorder, Formula, Image, Note, ProtectionOptions, Url, Workbook, Worksheet, XlsxError,
};
use std::collections::BTreeMap;

/// Paper size A4.
const A4: u8 = 9;
/// Font of all cells: every Windows machine with Chinese has it, and WPS shows another where it is missing.
const FONT: &str = "微软雅黑";
/// Longest title and longest words of a prompt.
const PROMPT: (usize, usize) = (32, 255);

/// Height of a line of words and of the tallest row, in points.
const LINE: f64 = 15.0;
const TALLEST: f64 = 400.0;

/// Width of a picture and of a chart, and height of a row, in pixels.
const PICTURE_WIDTH: f64 = 900.0;
const CHART_WIDTH: u32 = 760;
const ROW_PIXELS: f64 = 20.0;

/// Why a book could not be made into a file: a fault of the program, such as two sheets of one name.
#[derive(Debug, thiserror::Error)]
#[error("the workbook cannot be made: {0}")]
pub struct BookError(#[from] XlsxError);

/// The bytes of a book.
///
/// # Errors
/// When Excel could not read what the book asks for.
pub fn bytes(book: &Book) -> Result<Vec<u8>, BookError> {
    let mut workbook = Workbook::new();
    // Not the hour of writing: the same book is the same file.
    let written = ExcelDateTime::from_ymd(2016, 1, 1)?;
    let properties = DocProperties::new().set_title(&book.title).set_creation_datetime(&written);
    workbook.set_properties(&properties.set_author("circflow"));
    let mut formats = Formats::default();
    for sheet in &book.sheets {
        write(workbook.add_worksheet(), sheet, &mut formats)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn write(page: &mut Worksheet, sheet: &Sheet, formats: &mut Formats) -> Result<(), XlsxError> {
    page.set_name(&sheet.name)?;
    let locked = sheet.open_from.is_some();
    if let Some(first) = sheet.open_from {
        for column in 0..sheet.widths.len() as u16 {
            page.set_column_format(column, formats.of(Style::Input, true))?;
        }
        // What stands above is locked by its own cells' formats.
        debug_assert!(sheet.rows.len() >= first as usize);
    }
    for (number, row) in sheet.rows.iter().enumerate() {
        let open = sheet.open_from.is_some_and(|first| number as u32 >= first);
        for (column, cell) in row.iter().enumerate() {
            let format = formats.of(cell.style, open);
            put(page, number as u32, column as u16, cell, format)?;
        }
    }
    for (row, first, last) in &sheet.merged {
        let cell = &sheet.rows[*row as usize][*first as usize];
        let format = formats.of(cell.style, false);
        page.merge_range(*row, *first, *row, *last, "", format)?;
        put(page, *row, *first, cell, format)?;
    }
    for (column, width) in sheet.widths.iter().enumerate() {
        page.set_column_width(column as u16, *width)?;
    }
    for (number, row) in sheet.rows.iter().enumerate() {
        // Programs do not fit the height of rows to merged or wrapped words by themselves.
        let lines = row.iter().enumerate().map(|(column, cell)| lines_of(sheet, number as u32, column, cell));
        let lines = lines.max().unwrap_or(1);
        if lines > 1 {
            page.set_row_height(number as u32, (lines as f64 * LINE).min(TALLEST))?;
        }
    }
    for choices in &sheet.choices {
        page.add_data_validation(
            choices.rows.0,
            choices.column,
            choices.rows.1,
            choices.column,
            &validation(choices)?,
        )?;
    }
    if sheet.frozen != (0, 0) {
        page.set_freeze_panes(sheet.frozen.0, sheet.frozen.1)?;
    }
    if let Some((red, green, blue)) = sheet.tab {
        page.set_tab_color(colour((red, green, blue)));
    }
    if locked {
        let allowed = ProtectionOptions {
            format_cells: true,
            format_columns: true,
            format_rows: true,
            insert_rows: true,
            delete_rows: true,
            insert_links: true,
            sort: true,
            use_autofilter: true,
            edit_objects: true,
            ..ProtectionOptions::new()
        };
        page.protect_with_options(&allowed);
    }
    page.set_paper_size(A4).set_print_fit_to_pages(1, 0).set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3);
    if sheet.landscape {
        page.set_landscape();
    }
    if sheet.frozen.0 > 0 {
        page.set_repeat_rows(0, sheet.frozen.0 - 1)?;
    }
    if !sheet.breaks.is_empty() {
        page.set_page_breaks(&sheet.breaks)?;
    }
    for bars in &sheet.charts {
        page.insert_chart(bars.at.0, bars.at.1, &chart(&sheet.name, bars))?;
    }
    let mut below = sheet.rows.len() as u32 + 1;
    for picture in &sheet.pictures {
        let image = Image::new_from_buffer(&picture.png)?.set_alt_text(&picture.title);
        let high = PICTURE_WIDTH * image.height() / image.width().max(1.0);
        page.insert_image(below, 0, &image.set_scale_to_size(PICTURE_WIDTH, high, true))?;
        below += (high / ROW_PIXELS).ceil() as u32 + 1;
    }
    // `&` begins a code in footers.
    let footer = sheet.footer.replace('&', "&&");
    page.set_footer(format!("&L{footer}&R&P / &N"));
    page.set_hidden(sheet.hidden);
    Ok(())
}

/// How many lines the words of a cell take in its width; a cell that is not wrapped takes one.
fn lines_of(sheet: &Sheet, row: u32, column: usize, cell: &Cell) -> usize {
    let Content::Text(text) = &cell.content else { return 1 };
    if !matches!(cell.style, Style::Words | Style::Faulty | Style::Header | Style::Required | Style::Common) {
        return 1;
    }
    let last = sheet.merged.iter().find(|(r, first, _)| *r == row && usize::from(*first) == column);
    let last = last.map_or(column, |(_, _, last)| usize::from(*last));
    let width: f64 = (column..=last).map(|c| sheet.widths.get(c).copied().unwrap_or(8.0)).sum();
    let lines = |line: &str| (super::book::width_of(line) as f64 / (width - 1.0)).ceil().max(1.0) as usize;
    text.lines().map(lines).sum::<usize>().max(1)
}

fn put(page: &mut Worksheet, row: u32, column: u16, cell: &Cell, format: &Format) -> Result<(), XlsxError> {
    match &cell.content {
        Content::Empty if cell.style == Style::Plain => {}
        Content::Empty => {
            page.write_blank(row, column, format)?;
        }
        Content::Text(text) => {
            page.write_string_with_format(row, column, text, format)?;
        }
        Content::Number(number) => {
            page.write_number_with_format(row, column, *number, format)?;
        }
        Content::Formula(formula, result) => {
            let result = result.map_or_else(String::new, |number| number.to_string());
            let formula = Formula::new(formula).set_result(result);
            page.write_formula_with_format(row, column, formula, format)?;
        }
        Content::Link(sheet, words) => {
            let url = Url::new(format!("internal:'{}'!A1", sheet.replace('\'', "''"))).set_text(words);
            page.write_url_with_format(row, column, url, format)?;
        }
    }
    if let Some(note) = &cell.note {
        let lines = note.lines().map(|line| 1 + super::book::width_of(line) / 34).sum::<usize>();
        let note = Note::new(note).add_author_prefix(false).set_author("circflow").set_width(260);
        page.insert_note(row, column, &note.set_height(16 * lines as u32 + 12))?;
    }
    Ok(())
}

/// A bar chart over cells of its own sheet.
fn chart(sheet: &str, bars: &Bars) -> Chart {
    let mut chart = Chart::new(ChartType::Bar);
    let (first, last) = bars.rows;
    for (column, name) in &bars.numbers {
        let series = chart.add_series();
        series.set_categories((sheet, first, bars.words, last, bars.words));
        series.set_values((sheet, first, *column, last, *column)).set_name(name.as_str());
    }
    chart.title().set_name(&bars.title);
    // Bars stand in the order of the rows, from above.
    chart.y_axis().set_reverse();
    if bars.numbers.len() < 2 {
        chart.legend().set_hidden();
    }
    chart.set_width(CHART_WIDTH).set_height(120 + 26 * (last - first + 1));
    chart
}

fn validation(choices: &Choices) -> Result<DataValidation, XlsxError> {
    let validation = match &choices.from {
        Choice::Words(words) => {
            debug_assert!(words.join(",").chars().count() <= LONGEST_LIST);
            DataValidation::new().allow_list_strings(words)?
        }
        Choice::Area(area) => DataValidation::new().allow_list_formula(Formula::new(area)),
        Choice::Anything => DataValidation::new().allow_any_value(),
    };
    let style =
        if choices.others { DataValidationErrorStyle::Warning } else { DataValidationErrorStyle::Stop };
    let cut = |text: &str, most: usize| text.chars().take(most).collect::<String>();
    validation
        .set_error_style(style)
        .set_input_title(cut(&choices.prompt.0, PROMPT.0))?
        .set_input_message(cut(&choices.prompt.1, PROMPT.1))
}

/// The formats in use: each is made once, so that the file's list of styles stays short.
#[derive(Default)]
struct Formats(BTreeMap<(Style, bool), Format>);

impl Formats {
    fn of(&mut self, style: Style, open: bool) -> &Format {
        self.0.entry((style, open)).or_insert_with(|| {
            let format = format(style);
            if open { format.set_unlocked() } else { format }
        })
    }
}

fn colour((red, green, blue): (u8, u8, u8)) -> Color {
    Color::RGB(u32::from(red) << 16 | u32::from(green) << 8 | u32::from(blue))
}

fn format(style: Style) -> Format {
    const WHITE: (u8, u8, u8) = (255, 255, 255);
    const BLUE: (u8, u8, u8) = (0, 82, 130);
    const GREY: (u8, u8, u8) = (96, 96, 96);
    const STAMP: (u8, u8, u8) = (176, 60, 0);
    let base = Format::new().set_font_name(FONT).set_font_size(10).set_align(FormatAlign::VerticalCenter);
    let header = |fill| {
        let format = base.clone().set_bold().set_background_color(colour(fill)).set_font_color(colour(WHITE));
        format.set_text_wrap().set_border(FormatBorder::Thin).set_border_color(colour(WHITE))
    };
    match style {
        Style::Plain | Style::Input => base,
        Style::Title => base.set_bold().set_font_size(16).set_font_color(colour(BLUE)),
        Style::Words => base.set_text_wrap().set_indent(1),
        Style::Header => header((70, 110, 140)),
        Style::Required => header(BLUE),
        Style::Common => header(GREY),
        Style::Faulty => base.set_background_color(colour((255, 214, 200))).set_text_wrap(),
        Style::Stamp => base.set_bold().set_font_color(colour(STAMP)),
        Style::Number(digits) => base.set_num_format(digits_format("#,##0", digits)),
        Style::Percent(digits) => base.set_num_format(digits_format("0", digits) + "%"),
        Style::Link => {
            base.set_font_color(colour(BLUE)).set_underline(rust_xlsxwriter::FormatUnderline::Single)
        }
        Style::Strong => base.set_bold(),
    }
}

fn digits_format(whole: &str, digits: u8) -> String {
    if digits == 0 { whole.to_owned() } else { format!("{whole}.{}", "0".repeat(usize::from(digits))) }
}
