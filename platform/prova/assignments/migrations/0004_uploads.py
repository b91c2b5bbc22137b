from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assignments", "0003_hidden_details")]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="upload",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
