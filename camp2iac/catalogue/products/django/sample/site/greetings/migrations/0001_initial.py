import os

from django.db import migrations, models


def greet(apps, schema_editor):
    apps.get_model("greetings", "Greeting").objects.create(words=os.environ["GREETING"])


class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.CreateModel(
            "Greeting", [("id", models.BigAutoField(primary_key=True)), ("words", models.TextField())]
        ),
        migrations.RunPython(greet),
    ]
