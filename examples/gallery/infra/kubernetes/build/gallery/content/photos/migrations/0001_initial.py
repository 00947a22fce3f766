from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Photo",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False, auto_created=True, verbose_name="ID")),
                ("title", models.CharField(max_length=80)),
                ("image", models.ImageField(upload_to="photos/%Y")),
                ("added", models.DateTimeField(auto_now_add=True)),
            ],
        ),
    ]
