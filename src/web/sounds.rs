//! Outlines and playback copies that are being made: one at a time, begun by who asks first.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::error::{ApiError, ApiResult};
use crate::error::PipelineError;

/// What is being made, by the recording and what is made of it.
#[derive(Clone, Debug, Default)]
pub(super) struct OpenSounds(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    making: Mutex<HashMap<Key, Making>>,
    /// Decoding takes a whole core: one at a time.
    turn: Mutex<()>,
}

type Key = (PathBuf, &'static str);

#[derive(Debug)]
enum Making {
    /// So many thousandths are done.
    Under(Arc<AtomicU32>),
    /// It cannot be made: why is told once.
    Failed(ApiError),
}

impl OpenSounds {
    /// Returns how much of `what` is made of the recording `path`, 0 to 1, and begins it with
    /// `work` where nobody has; `then` is called when it is there.
    pub(super) fn ask(
        &self,
        path: PathBuf,
        what: &'static str,
        work: impl FnOnce(&dyn Fn(f32)) -> Result<(), PipelineError> + Send + 'static,
        then: impl FnOnce() + Send + 'static,
    ) -> ApiResult<f32> {
        let key = (path, what);
        let mut making = self.0.making.lock().unwrap_or_else(PoisonError::into_inner);
        match making.get(&key) {
            Some(Making::Under(done)) => return Ok(done.load(Ordering::Relaxed) as f32 / 1000.0),
            Some(Making::Failed(_)) => {
                let Some(Making::Failed(error)) = making.remove(&key) else { return Ok(0.0) };
                return Err(error);
            }
            None => {}
        }
        let done = Arc::new(AtomicU32::new(0));
        making.insert(key.clone(), Making::Under(Arc::clone(&done)));
        drop(making);
        let inner = Arc::clone(&self.0);
        tokio::task::spawn_blocking(move || {
            let turn = inner.turn.lock().unwrap_or_else(PoisonError::into_inner);
            let made = work(&|part| done.store((part * 1000.0) as u32, Ordering::Relaxed));
            drop(turn);
            let mut making = inner.making.lock().unwrap_or_else(PoisonError::into_inner);
            match made {
                Ok(()) => drop(making.remove(&key)),
                Err(error) => drop(making.insert(key, Making::Failed(error.into()))),
            }
            drop(making);
            then();
        });
        Ok(0.0)
    }
}
