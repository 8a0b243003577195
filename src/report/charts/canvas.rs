//! The drawing surface: SVG by plotters, which no other file names.

use super::palette::Colour;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// Fonts tried in turn; SVG carries text, so that none is needed to draw.
const FONTS: &str = "Noto Sans CJK SC, Microsoft YaHei, PingFang SC, SimSun, sans-serif";

/// Where text stands against its point; always centred on its height.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// It begins there.
    Start,
    /// It is centred there.
    Middle,
    /// It ends there.
    End,
}

/// A point in pixels, y downwards.
pub type Point = (f64, f64);

/// A shape that marks a point; shapes tell scenarios apart without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the shapes")]
pub enum Mark {
    Circle,
    Square,
    Triangle,
    Diamond,
    Cross,
    Plus,
}

impl Mark {
    /// All shapes.
    pub const ALL: [Self; 6] =
        [Self::Circle, Self::Square, Self::Triangle, Self::Diamond, Self::Cross, Self::Plus];
}

/// A picture being drawn.
pub struct Canvas<'a> {
    area: DrawingArea<SVGBackend<'a>, plotters::coord::Shift>,
}

/// Draws a picture of a size on white and returns its SVG.
#[must_use]
pub fn picture(width: f64, height: f64, draw: impl FnOnce(&Canvas<'_>)) -> String {
    let mut svg = String::new();
    let size = (width.ceil().max(1.0) as u32, height.ceil().max(1.0) as u32);
    {
        let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
        let canvas = Canvas { area };
        canvas.rectangle((0.0, 0.0), (width, height), Colour::WHITE, 1.0);
        draw(&canvas);
        canvas.area.present().expect("a picture in memory is always written");
    }
    svg
}

/// Width of text in pixels, estimated: a Chinese character is as wide as it is high, others about half.
#[must_use]
pub fn text_width(text: &str, size: f64) -> f64 {
    unicode_width::UnicodeWidthStr::width(text) as f64 * size * 0.52
}

fn pixel((x, y): Point) -> (i32, i32) {
    (x.round() as i32, y.round() as i32)
}

fn ink(colour: Colour, opacity: f64) -> RGBAColor {
    RGBColor(colour.0, colour.1, colour.2).mix(opacity)
}

impl Canvas<'_> {
    /// A filled rectangle between two corners.
    pub fn rectangle(&self, from: Point, to: Point, colour: Colour, opacity: f64) {
        self.area
            .draw(&Rectangle::new([pixel(from), pixel(to)], ink(colour, opacity).filled()))
            .expect("a picture in memory is always written");
    }

    /// The outline of a rectangle.
    pub fn outline(&self, from: Point, to: Point, colour: Colour, width: u32) {
        self.area
            .draw(&Rectangle::new([pixel(from), pixel(to)], ink(colour, 1.0).stroke_width(width)))
            .expect("a picture in memory is always written");
    }

    /// A filled polygon.
    pub fn polygon(&self, points: &[Point], colour: Colour, opacity: f64) {
        let points: Vec<(i32, i32)> = points.iter().copied().map(pixel).collect();
        self.area
            .draw(&Polygon::new(points, ink(colour, opacity).filled()))
            .expect("a picture in memory is always written");
    }

    /// A line through points.
    pub fn line(&self, points: &[Point], colour: Colour, width: f64, opacity: f64) {
        let points: Vec<(i32, i32)> = points.iter().copied().map(pixel).collect();
        let style = ink(colour, opacity).stroke_width(width.round().max(1.0) as u32);
        self.area.draw(&PathElement::new(points, style)).expect("a picture in memory is always written");
    }

    /// Text of a size in pixels.
    pub fn text(&self, text: &str, at: Point, size: f64, anchor: Anchor, colour: Colour) {
        let horizontal = match anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let shade = ink(colour, 1.0);
        let style = TextStyle::from((FONTS, size).into_font()).color(&shade);
        let style = style.pos(Pos::new(horizontal, VPos::Center));
        self.area.draw_text(text, &style, pixel(at)).expect("a picture in memory is always written");
    }

    /// A mark of a half-width.
    pub fn mark(&self, mark: Mark, (x, y): Point, half: f64, colour: Colour) {
        let (l, r, t, b) = (x - half, x + half, y - half, y + half);
        match mark {
            Mark::Circle => {
                let circle = Circle::new(pixel((x, y)), half.round() as i32, ink(colour, 1.0).filled());
                self.area.draw(&circle).expect("a picture in memory is always written");
            }
            Mark::Square => self.rectangle((l, t), (r, b), colour, 1.0),
            Mark::Triangle => self.polygon(&[(x, t), (r, b), (l, b)], colour, 1.0),
            Mark::Diamond => self.polygon(&[(x, t), (r, y), (x, b), (l, y)], colour, 1.0),
            Mark::Cross => {
                self.line(&[(l, t), (r, b)], colour, 2.0, 1.0);
                self.line(&[(l, b), (r, t)], colour, 2.0, 1.0);
            }
            Mark::Plus => {
                self.line(&[(l, y), (r, y)], colour, 2.0, 1.0);
                self.line(&[(x, t), (x, b)], colour, 2.0, 1.0);
            }
        }
    }
}
