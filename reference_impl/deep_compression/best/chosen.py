"""What was chosen for each network."""

from reference_impl.deep_compression.best.distortion import Distortion
from reference_impl.deep_compression.best.settings import Settings, TeacherSettings
from reference_impl.training import Schedule

MNIST_TEACHER = TeacherSettings(
    filters=(24, 48, 64), units=128, training=Schedule(epochs=8, batch_size=128, learning_rate=3e-3)
)
TEACHERS_HANDS = Distortion(rotation_degrees=12, shift=0.13, scale=0.12, shear=0.12, bend=0.07)
STUDENTS_HANDS = Distortion(rotation_degrees=7, shift=0.086, scale=0.07, shear=0.07, bend=0.036)

LENET_300_100 = Settings(
    teacher=MNIST_TEACHER,
    teacher_distortion=TEACHERS_HANDS,
    copies=8,
    distortion=STUDENTS_HANDS,
    widths={},
    kept_weights=4500,
    pruning=Schedule(epochs=8, batch_size=256, learning_rate=2e-3),
    pruning_span=(0.1, 0.7),
    shared_values={"ip1": 8, "ip2": 8, "ip3": 16},
    sharing=Schedule(epochs=2, batch_size=256, learning_rate=5e-4),
    rival=Schedule(epochs=3, batch_size=256, learning_rate=2e-3),
)
LENET_5 = Settings(
    teacher=MNIST_TEACHER,
    teacher_distortion=TEACHERS_HANDS,
    copies=8,
    distortion=STUDENTS_HANDS,
    widths={"conv1": 12, "conv2": 24, "ip1": 100},
    kept_weights=5200,
    pruning=Schedule(epochs=6, batch_size=256, learning_rate=2e-3),
    pruning_span=(0.1, 0.7),
    shared_values={"conv1": 16, "conv2": 16, "ip1": 16, "ip2": 16},
    sharing=Schedule(epochs=3, batch_size=256, learning_rate=5e-4),
    rival=Schedule(epochs=1, batch_size=256, learning_rate=2e-3),
)
DIGITS_CNN = Settings(
    teacher=TeacherSettings(
        filters=(16, 32, 32), units=64, training=Schedule(epochs=30, batch_size=32, learning_rate=3e-3)
    ),
    teacher_distortion=Distortion(rotation_degrees=8, shift=0.1, scale=0.08, shear=0.08, bend=0.03),
    copies=8,
    distortion=Distortion(rotation_degrees=5, shift=0.08, scale=0.05, shear=0.05, bend=0.02),
    widths={"conv1": 8, "conv2": 16, "ip1": 32},
    kept_weights=1300,
    pruning=Schedule(epochs=8, batch_size=64, learning_rate=3e-3),
    pruning_span=(0.1, 0.7),
    shared_values={"conv1": 8, "conv2": 8, "ip1": 8, "ip2": 8},
    sharing=Schedule(epochs=3, batch_size=64, learning_rate=5e-4),
    rival=Schedule(epochs=3, batch_size=64, learning_rate=3e-3),
)
SETTINGS = {"lenet-300-100": LENET_300_100, "lenet-5": LENET_5, "digits-cnn": DIGITS_CNN}
