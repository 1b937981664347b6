//! Vectors as the documents of flagship contract 5.10.

use super::sets::FeatureSet;
use crate::pg::jsonb_object::{JsonbBuffer, ObjectShape};
use dynasty_core::features::catalogue::Category;
use pgrx::pg_sys;

/// How many documents a vector has: one per category, and the flat one.
pub const DOCUMENTS: usize = 7;

/// Makes the documents of vectors, one after the other.
pub struct Documents {
    /// The places of a document's features in the vector, and its shape.
    shapes: Vec<(Vec<usize>, ObjectShape)>,
    values: Vec<Option<f64>>,
    buffers: [JsonbBuffer; DOCUMENTS],
}

impl Documents {
    /// For the vectors of a feature set.
    pub fn of_set(set: &FeatureSet) -> Documents {
        let places = |of: &dyn Fn(&str) -> bool| -> Vec<usize> {
            let members = set.members.iter().enumerate();
            members.filter(|(_, m)| of(&m.category)).map(|(i, _)| i).collect()
        };
        let categories = Category::ALL
            .into_iter()
            .map(|c| places(&|category| category == c.name()));
        let shapes = categories
            .chain([places(&|_| true)])
            .map(|places| {
                let names: Vec<&str> = places.iter().map(|i| set.members[*i].name.as_str()).collect();
                let shape = ObjectShape::new(&names);
                (places, shape)
            })
            .collect();
        Documents {
            shapes,
            values: vec![],
            buffers: Default::default(),
        }
    }

    /// The documents of a vector, the categories' in order and the flat one; good until the next call.
    pub fn of(&mut self, vector: &[Option<f64>]) -> [pg_sys::Datum; DOCUMENTS] {
        for ((places, shape), buffer) in self.shapes.iter().zip(&mut self.buffers) {
            self.values.clear();
            self.values.extend(places.iter().map(|i| vector[*i]));
            shape.write(&self.values, buffer);
        }
        std::array::from_fn(|i| self.buffers[i].datum())
    }
}
