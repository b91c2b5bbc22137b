"""The best that this library knows: a narrow student of a strong teacher, pruned while it learns, few shared values.

What is borrowed: distillation (Hinton et al., arXiv:1503.02531), the gradual schedule (Zhu and Gupta, arXiv:1710.01878), a
score between magnitude and that of optimal brain damage (LeCun et al. 1990), straight-through gradients to train latent
weights behind shared values (Bengio et al., arXiv:1308.3432), context mixing to code what is left (Mahoney 2005).
"""

from reference_impl.deep_compression.best.distortion import Distortion
from reference_impl.deep_compression.best.narrow import narrowed, padded
from reference_impl.deep_compression.best.settings import Settings, TeacherSettings
from reference_impl.deep_compression.best.tidying import tidied

__all__ = ["Distortion", "Settings", "TeacherSettings", "narrowed", "padded", "tidied"]
