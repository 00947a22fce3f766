"""Photos in the object store that the variables PHOTOS_... name."""
import os
from functools import cache

import boto3


@cache
def client():
    return boto3.client(
        "s3",
        endpoint_url=os.environ.get("PHOTOS_ENDPOINT_URL"),
        region_name=os.environ["PHOTOS_AWS_REGION"],
        aws_access_key_id=os.environ["PHOTOS_AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=os.environ["PHOTOS_AWS_SECRET_ACCESS_KEY"],
    )


def put(person: str, photo: bytes) -> None:
    client().put_object(Bucket=os.environ["PHOTOS_BUCKET_NAME"], Key=f"{person}.jpg", Body=photo)


def get(person: str) -> bytes | None:
    try:
        return client().get_object(Bucket=os.environ["PHOTOS_BUCKET_NAME"], Key=f"{person}.jpg")["Body"].read()
    except client().exceptions.NoSuchKey:
        return None
