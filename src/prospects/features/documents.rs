//! Vectors as the documents of flagship contract 5.10.

use super::sets::FeatureSet;
use crate::pg::jsonb_object::{JsonbBuffer, ObjectShape};
use dynasty_numbers::fingerprint::fingerprint;
use dynasty_prospects::features::catalogue::{Category, VERSION};
use pgrx::pg_sys;
use std::cell::OnceCell;
use std::rc::Rc;

/// How many documents a vector has: one per category, and the flat one.
pub const DOCUMENTS: usize = 7;

/// Of each document the places of its features in the vector, and its shape.
type Shapes = Rc<[(Vec<usize>, ObjectShape)]>;

/// Makes the documents of vectors, one after the other.
pub struct Documents {
    shapes: Shapes,
    values: Vec<Option<f64>>,
    buffers: [JsonbBuffer; DOCUMENTS],
}

thread_local! {
    /// Those of `v1.0`, whose features are built in: worked out once in a session.
    static SHAPES_OF_V1: OnceCell<Shapes> = const { OnceCell::new() };
}

fn shapes_of(set: &FeatureSet) -> Shapes {
    let places = |of: &dyn Fn(&str) -> bool| -> Vec<usize> {
        let members = set.members.iter().enumerate();
        members.filter(|(_, m)| of(&m.category)).map(|(i, _)| i).collect()
    };
    let categories = Category::ALL
        .into_iter()
        .map(|c| places(&|category| category == c.name()));
    categories
        .chain([places(&|_| true)])
        .map(|places| {
            let names: Vec<&str> = places.iter().map(|i| &*set.members[*i].name).collect();
            let shape = ObjectShape::new(&names);
            (places, shape)
        })
        .collect()
}

impl Documents {
    /// For the vectors of a feature set.
    pub fn of_set(set: &FeatureSet) -> Documents {
        let shapes = if set.version == VERSION {
            SHAPES_OF_V1.with(|shapes| Rc::clone(shapes.get_or_init(|| shapes_of(set))))
        } else {
            shapes_of(set)
        };
        Documents {
            shapes,
            values: vec![],
            buffers: Default::default(),
        }
    }

    /// The documents of a vector, the categories' in order and the flat one; good until the next call.
    pub fn of(&mut self, vector: &[Option<f64>]) -> [pg_sys::Datum; DOCUMENTS] {
        self.written(vector).each_ref().map(JsonbBuffer::datum)
    }

    /// The same where they are written.
    pub fn written(&mut self, vector: &[Option<f64>]) -> &[JsonbBuffer; DOCUMENTS] {
        self.written_of(vector, [true; DOCUMENTS])
    }

    /// Only those that are `wanted`; the others are as they were left.
    pub fn written_of(&mut self, vector: &[Option<f64>], wanted: [bool; DOCUMENTS]) -> &[JsonbBuffer; DOCUMENTS] {
        let buffers = self.buffers.iter_mut().zip(wanted);
        for ((places, shape), (buffer, _)) in self.shapes.iter().zip(buffers).filter(|(_, (_, wanted))| *wanted) {
            self.values.clear();
            self.values.extend(places.iter().map(|i| vector[*i]));
            shape.write(&self.values, buffer);
        }
        &self.buffers
    }

    /// What stands in each document, in a number: to the bit.
    pub fn fingerprints(&self, vector: &[Option<f64>]) -> [u64; DOCUMENTS] {
        let mut bits: Vec<Option<u64>> = Vec::with_capacity(vector.len());
        std::array::from_fn(|i| {
            bits.clear();
            // A stored array may be shorter than the set.
            bits.extend(
                self.shapes[i]
                    .0
                    .iter()
                    .map(|place| vector.get(*place).copied().flatten().map(f64::to_bits)),
            );
            fingerprint(&bits)
        })
    }
}
