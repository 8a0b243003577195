//! Drawings as SVG text or PNG bytes, by plotters.

use super::canvas::{Anchor, Drawing, Item, Point, Shape, text_width};
use super::fonts::Fonts;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// Fonts tried in turn; SVG carries text, so that none is needed to draw.
pub const FONTS: &str =
    "Noto Sans CJK SC, Microsoft YaHei, PingFang SC, WenQuanYi Micro Hei, SimSun, sans-serif";
/// Steps of a pixel: plotters knows whole numbers only, and thin bands need less than a pixel.
const STEPS: f64 = 10.0;
/// By how much plotters makes the text of an SVG smaller than it is told to.
const SHRUNK: f64 = 1.24;
/// How far below its point the baseline of text stands, in sizes: half the height of a Chinese character above it.
const BASELINE: f64 = 0.34;
/// The same as SVG says it: half the height of an x.
const HALF_EX: f64 = 0.27;
/// Pixels of a bitmap are the mean of so many in either direction: plotters draws polygons without soft edges.
const SAMPLES: usize = 2;
/// Width of a PNG that fills a slide.
pub const SLIDE: u32 = 1920;
/// Greatest height of a PNG, in widths: what is higher becomes narrower.
const TALL: f64 = 4.0;

/// A drawing as SVG.
#[must_use]
pub fn svg(drawing: &Drawing) -> String {
    let mut svg = String::new();
    let size = ((drawing.width * STEPS) as u32, (drawing.height * STEPS) as u32);
    {
        let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
        for item in &drawing.items {
            draw(&area, item, STEPS);
            if let Shape::Text(text, at, size, anchor) = &item.shape {
                let horizontal = match anchor {
                    Anchor::Start => HPos::Left,
                    Anchor::Middle => HPos::Center,
                    Anchor::End => HPos::Right,
                };
                let colour = ink(item);
                let style = TextStyle::from((FONTS, size * STEPS * SHRUNK).into_font()).color(&colour);
                let style = style.pos(Pos::new(horizontal, VPos::Center));
                area.draw_text(text, &style, scaled((at.0, at.1 + (BASELINE - HALF_EX) * size), STEPS))
                    .expect("a picture in memory is always written");
            }
        }
        area.present().expect("a picture in memory is always written");
    }
    sized(&svg, size, (drawing.width, drawing.height))
}

/// A drawing as PNG of a width in pixels.
#[must_use]
pub fn png(drawing: &Drawing, fonts: &Fonts, width: u32) -> Vec<u8> {
    let scale = f64::from(width.max(1)) / drawing.width;
    let scale = scale.min(TALL * f64::from(width) / drawing.height);
    let pixels = |length: f64| (length * scale).round().max(1.0) as usize;
    let (wide, high) = (pixels(drawing.width), pixels(drawing.height));
    let size = (wide * SAMPLES, high * SAMPLES);
    let mut buffer = vec![0; size.0 * size.1 * 3];
    {
        let area =
            BitMapBackend::with_buffer(&mut buffer, (size.0 as u32, size.1 as u32)).into_drawing_area();
        let scale = scale * SAMPLES as f64;
        for item in &drawing.items {
            draw(&area, item, scale);
            if let Shape::Text(text, (x, y), size, anchor) = &item.shape {
                let line = fonts.lay(text, size * scale, text_width(text, *size) * scale);
                let left = match anchor {
                    Anchor::Start => x * scale,
                    Anchor::Middle => x * scale - line.width / 2.0,
                    Anchor::End => x * scale - line.width,
                };
                line.draw(left, (y + BASELINE * size) * scale, |x, y, coverage| {
                    area.draw_pixel((x, y), &ink(item).mix(coverage))
                        .expect("a picture in memory is always written");
                });
            }
        }
        area.present().expect("a picture in memory is always written");
    }
    encoded(&averaged(&buffer, wide, high), wide, high)
}

/// Every pixel the mean of its samples.
fn averaged(buffer: &[u8], wide: usize, high: usize) -> Vec<u8> {
    let mut pixels = Vec::with_capacity(wide * high * 3);
    let row = wide * SAMPLES * 3;
    for y in 0..high {
        for x in 0..wide {
            for channel in 0..3 {
                let sample = |sample: usize| {
                    let (dx, dy) = (sample % SAMPLES, sample / SAMPLES);
                    u32::from(buffer[(y * SAMPLES + dy) * row + (x * SAMPLES + dx) * 3 + channel])
                };
                let count = SAMPLES * SAMPLES;
                let sum: u32 = (0..count).map(sample).sum();
                pixels.push((sum / count as u32) as u8);
            }
        }
    }
    pixels
}

fn encoded(pixels: &[u8], wide: usize, high: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, wide as u32, high as u32);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let written = encoder.write_header().and_then(|mut writer| {
        writer.write_image_data(pixels)?;
        writer.finish()
    });
    written.expect("a picture in memory is always written");
    bytes
}

/// The size of the picture is said in pixels, what stands in it in steps.
fn sized(svg: &str, steps: (u32, u32), pixels: (f64, f64)) -> String {
    let said = format!("width=\"{}\" height=\"{}\"", steps.0, steps.1);
    svg.replacen(&said, &format!("width=\"{}\" height=\"{}\"", pixels.0, pixels.1), 1)
}

/// Draws all but text.
fn draw<B: DrawingBackend>(area: &DrawingArea<B, plotters::coord::Shift>, item: &Item, steps: f64) {
    let drawn = match &item.shape {
        Shape::Polygon(points) => {
            let points: Vec<(i32, i32)> = points.iter().map(|&point| scaled(point, steps)).collect();
            area.draw(&Polygon::new(points, ink(item).filled()))
        }
        Shape::Line(points, width) => {
            let points: Vec<(i32, i32)> = points.iter().map(|&point| scaled(point, steps)).collect();
            let style = ink(item).stroke_width((width * steps).round().max(1.0) as u32);
            area.draw(&PathElement::new(points, style))
        }
        Shape::Circle(middle, radius) => {
            let radius = (radius * steps).round() as i32;
            area.draw(&Circle::new(scaled(*middle, steps), radius, ink(item).filled()))
        }
        Shape::Text(..) => Ok(()),
    };
    drawn.expect("a picture in memory is always written");
}

fn ink(item: &Item) -> RGBAColor {
    RGBColor(item.colour.0, item.colour.1, item.colour.2).mix(item.opacity)
}

fn scaled((x, y): Point, steps: f64) -> (i32, i32) {
    ((x * steps).round() as i32, (y * steps).round() as i32)
}
