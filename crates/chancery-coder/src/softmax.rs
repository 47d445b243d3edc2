//! Multinomial logistic regression over named sparse features: small, deterministic, explainable. Trained
//! by stochastic gradient descent with AdaGrad steps (Duchi et al. 2011) and an L2 penalty.

use std::collections::BTreeMap;

/// A trained model: for each feature its weight towards each class that it speaks for or against.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Softmax {
    classes: Vec<String>,
    /// By feature name: pairs of class index and weight.
    weights: BTreeMap<String, Vec<(u16, f32)>>,
}

/// One example: names of the features that it has, the index of its class, and how much it counts.
#[derive(Clone, Debug)]
pub struct Sample {
    pub features: Vec<String>,
    pub class: u16,
    pub weight: f32,
}

/// How a model is trained.
#[derive(Clone, Copy, Debug)]
pub struct Training {
    pub epochs: usize,
    pub rate: f32,
    pub l2: f32,
    /// Features seen in fewer samples are left out.
    pub min_count: usize,
    /// Weights nearer to zero than this are dropped at the end.
    pub prune: f32,
}

impl Default for Training {
    fn default() -> Self {
        Self { epochs: 12, rate: 0.15, l2: 1e-3, min_count: 3, prune: 0.25 }
    }
}

impl Softmax {
    /// Trains on the samples; the same samples in the same order give the same model.
    #[must_use]
    pub fn train(classes: Vec<String>, samples: &[Sample], how: Training) -> Self {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for feature in samples.iter().flat_map(|s| &s.features) {
            *counts.entry(feature).or_default() += 1;
        }
        let kept: Vec<&str> = counts.iter().filter(|(_, n)| **n >= how.min_count).map(|(f, _)| *f).collect();
        let index: BTreeMap<&str, usize> = kept.iter().enumerate().map(|(i, f)| (*f, i)).collect();
        let width = classes.len();
        let rows: Vec<Vec<usize>> = samples
            .iter()
            .map(|s| s.features.iter().filter_map(|f| index.get(f.as_str()).copied()).collect())
            .collect();
        let mut weights = vec![0f32; kept.len() * width];
        let mut squares = vec![1e-6f32; kept.len() * width];
        let mut order: Vec<usize> = (0..samples.len()).collect();
        let mut random = 0x9e37_79b9_7f4a_7c15u64;
        let mut scores = vec![0f32; width];
        for _ in 0..how.epochs {
            shuffle(&mut order, &mut random);
            for &at in &order {
                scores.fill(0.0);
                for &row in &rows[at] {
                    for (score, weight) in scores.iter_mut().zip(&weights[row * width..(row + 1) * width]) {
                        *score += weight;
                    }
                }
                normalise(&mut scores);
                scores[usize::from(samples[at].class)] -= 1.0;
                for &row in &rows[at] {
                    for (class, error) in scores.iter().enumerate() {
                        let cell = row * width + class;
                        let gradient = error * samples[at].weight + how.l2 * weights[cell];
                        squares[cell] += gradient * gradient;
                        weights[cell] -= how.rate * gradient / squares[cell].sqrt();
                    }
                }
            }
        }
        let mut out = Self { classes, weights: BTreeMap::new() };
        for (row, feature) in kept.iter().enumerate() {
            let cells: Vec<(u16, f32)> = (0u16..)
                .zip(&weights[row * width..(row + 1) * width])
                .filter(|(_, w)| w.abs() >= how.prune)
                .map(|(class, w)| (class, (w * 100.0).round() / 100.0))
                .collect();
            if !cells.is_empty() {
                out.weights.insert((*feature).to_owned(), cells);
            }
        }
        out
    }

    /// The classes, in the order of the probabilities.
    #[must_use]
    pub fn classes(&self) -> &[String] {
        &self.classes
    }

    /// The probability of each class.
    #[must_use]
    pub fn probabilities(&self, features: &[String]) -> Vec<f32> {
        let mut scores = vec![0f32; self.classes.len()];
        for (class, weight) in features.iter().filter_map(|f| self.weights.get(f)).flatten() {
            scores[usize::from(*class)] += weight;
        }
        normalise(&mut scores);
        scores
    }

    /// The features that speak most for a class, with their weights, heaviest first.
    #[must_use]
    pub fn reasons<'a>(&self, features: &'a [String], class: usize) -> Vec<(&'a str, f32)> {
        let mut out: Vec<(&str, f32)> = features
            .iter()
            .filter_map(|f| {
                let cells = self.weights.get(f)?;
                cells.iter().find(|(c, _)| usize::from(*c) == class).map(|(_, w)| (f.as_str(), *w))
            })
            .collect();
        out.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        out
    }

    /// The model as text: the classes on the first line, then a line for each feature with `class:weight`.
    #[must_use]
    pub fn to_tsv(&self) -> String {
        let mut out = self.classes.join("\t");
        out.push('\n');
        for (feature, cells) in &self.weights {
            out.push_str(feature);
            for (class, weight) in cells {
                out.push_str(&format!("\t{class}:{weight}"));
            }
            out.push('\n');
        }
        out
    }

    /// Reads what [`Softmax::to_tsv`] wrote.
    ///
    /// # Errors
    /// The number of the first line that is not of that form.
    pub fn from_tsv(text: &str) -> Result<Self, usize> {
        let mut lines = text.lines();
        let classes: Vec<String> = lines.next().ok_or(1usize)?.split('\t').map(str::to_owned).collect();
        let mut weights = BTreeMap::new();
        for (number, line) in lines.enumerate() {
            let at = number + 2;
            let mut fields = line.split('\t');
            let feature = fields.next().ok_or(at)?;
            let mut cells = Vec::new();
            for field in fields {
                let (class, weight) = field.split_once(':').ok_or(at)?;
                let class: u16 = class.parse().map_err(|_| at)?;
                if usize::from(class) >= classes.len() {
                    return Err(at);
                }
                cells.push((class, weight.parse().map_err(|_| at)?));
            }
            weights.insert(feature.to_owned(), cells);
        }
        Ok(Self { classes, weights })
    }
}

/// Scores to probabilities, in place.
fn normalise(scores: &mut [f32]) {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - most).exp();
        sum += *score;
    }
    for score in scores {
        *score /= sum;
    }
}

/// Fisher and Yates's shuffle with a fixed generator (xorshift64).
fn shuffle(order: &mut [usize], random: &mut u64) {
    for i in (1..order.len()).rev() {
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        let bound = u64::try_from(i).unwrap_or(u64::MAX - 1) + 1;
        order.swap(i, usize::try_from(*random % bound).unwrap_or(0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(features: &[&str], class: u16) -> Sample {
        Sample { features: features.iter().map(|f| (*f).to_owned()).collect(), class, weight: 1.0 }
    }

    #[test]
    fn learns_what_separates_and_reads_back_what_it_wrote() {
        let samples: Vec<Sample> = (0..20)
            .flat_map(|_| [sample(&["verb=bomb", "bias"], 0), sample(&["verb=sign", "bias"], 1)])
            .collect();
        let model =
            Softmax::train(vec!["attack".to_owned(), "signing".to_owned()], &samples, Training::default());
        assert!(model.probabilities(&samples[0].features)[0] > 0.9);
        assert!(model.probabilities(&samples[1].features)[1] > 0.9);
        assert_eq!(model.reasons(&samples[0].features, 0)[0].0, "verb=bomb");
        assert_eq!(Softmax::from_tsv(&model.to_tsv()), Ok(model));
        assert_eq!(Softmax::from_tsv("a\tb\nverb=x\t7:1"), Err(2));
    }
}
