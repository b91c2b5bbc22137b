from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assignments", "0005_standings")]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="prerequisites_required",
            field=models.BooleanField(default=False),
        ),
    ]
