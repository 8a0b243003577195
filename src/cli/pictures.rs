//! Words about pictures: which charts, PNG, in which font.

use crate::diagnostic::{Code, Diagnostic};
use crate::input::refusals;
use crate::output::manifest::{Bitmap, Manifest};
use crate::report::charts::fonts::Fonts;
use crate::report::charts::render::SLIDE;
use crate::report::charts::{Bitmaps, Extent, Pictures};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// Words about pictures.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct PictureWords {
    /// 画哪些图：不画，常用的，或每个园区每一年 / which charts: none, the usual ones, or every park and year
    #[arg(long, value_enum, default_value = "default", value_name = "EXTENT")]
    pub(crate) charts: Charts,
    /// 另存 PNG，可给出像素宽度 / PNG as well, of a width in pixels
    #[arg(long, value_name = "WIDTH", num_args = 0..=1, require_equals = true, default_missing_value = "1920",
        value_parser = clap::value_parser!(u32).range(320..=8192))]
    pub(crate) png: Option<u32>,
    /// PNG 用的字体文件，默认在本机查找 / font file for PNG, by default one of the machine
    #[arg(long, value_name = "FILE", requires = "png")]
    pub(crate) font: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Charts {
    /// 不画图 / no charts
    None,
    /// 常用的图 / the usual charts
    #[default]
    Default,
    /// 每个园区、每一年 / every park and every year
    All,
}

impl From<Charts> for Extent {
    fn from(charts: Charts) -> Self {
        match charts {
            Charts::None => Self::None,
            Charts::Default => Self::Default,
            Charts::All => Self::All,
        }
    }
}

/// Pictures as asked for, with what is to be said about them.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// How to draw.
    pub(super) pictures: Pictures,
    /// The same for the manifest.
    pub(super) bitmap: Option<Bitmap>,
    /// A warning where fonts are missing.
    pub(super) finding: Option<Diagnostic>,
}

impl PictureWords {
    /// The words as the command would be typed, a space before each.
    pub(super) fn typed(&self) -> String {
        let mut words = match Extent::from(self.charts) {
            Extent::Default => String::new(),
            extent => format!(" --charts {}", extent.word()),
        };
        match self.png {
            Some(SLIDE) => words.push_str(" --png"),
            Some(width) => words.push_str(&format!(" --png={width}")),
            None => {}
        }
        if let Some(font) = &self.font {
            words.push_str(&format!(" --font {}", super::first_words::typed(font)));
        }
        words
    }

    /// Finds the fonts that are needed.
    pub(super) fn asked(&self) -> Result<Asked, Box<Diagnostic>> {
        asked(self.charts.into(), self.png, self.font.as_deref())
    }
}

/// Pictures as those of an earlier run.
pub(super) fn again(manifest: &Manifest) -> Result<Asked, Box<Diagnostic>> {
    let extent = Extent::ALL.into_iter().find(|extent| extent.word() == manifest.extent).unwrap_or_default();
    let file = manifest.png.as_ref().and_then(|bitmap| bitmap.file.as_deref());
    asked(extent, manifest.png.as_ref().map(|bitmap| bitmap.width), file.map(Path::new))
}

fn asked(extent: Extent, png: Option<u32>, file: Option<&Path>) -> Result<Asked, Box<Diagnostic>> {
    let Some(width) = png.filter(|_| extent != Extent::None) else { return Ok(without_bitmaps(extent)) };
    let fonts = match file {
        Some(path) => Some(Fonts::from_file(path).map_err(|error| {
            let diagnostic = Diagnostic::new(Code("E068")).with("path", path.display().to_string());
            Box::new(refusals::told(diagnostic, ["reason_zh", "reason_en"], &error))
        })?),
        None => Fonts::installed(),
    };
    Ok(in_fonts(extent, width, file, fonts))
}

fn without_bitmaps(extent: Extent) -> Asked {
    Asked { pictures: Pictures { extent, bitmaps: None }, ..Asked::default() }
}

/// Pictures in the fonts that were found; without PNG where there are none.
fn in_fonts(extent: Extent, width: u32, file: Option<&Path>, fonts: Option<Fonts>) -> Asked {
    let Some(fonts) = fonts else {
        return Asked { finding: Some(Diagnostic::new(Code("W057"))), ..without_bitmaps(extent) };
    };
    let finding =
        (!fonts.has_chinese()).then(|| Diagnostic::new(Code("W056")).with("font", fonts.name.clone()));
    let file = file.map(|path| path.display().to_string());
    let bitmap = Some(Bitmap { width, font: fonts.name.clone(), file });
    Asked { pictures: Pictures { extent, bitmaps: Some(Bitmaps { fonts, width }) }, bitmap, finding }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_without_fonts_draws_no_png_and_says_so() {
        let asked = in_fonts(Extent::Default, SLIDE, None, None);
        assert_eq!(asked.finding.map(|finding| finding.code.0), Some("W057"));
        assert!(asked.pictures.bitmaps.is_none() && asked.bitmap.is_none());
        assert_eq!(asked.pictures.extent, Extent::Default, "SVG is drawn as it would be");
    }
}
