//! Indicators against worked examples, published figures and their own rules.

mod booked;
mod catalogue_chains;
mod city;
mod computable;
mod graded;
mod hand;
mod published;
mod remainder;
mod seventeen;
mod solved;
