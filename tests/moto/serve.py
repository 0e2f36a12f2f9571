"""Answers calls to AWS with moto: one call a line on standard input, one answer a line on standard output."""

import base64
import json
import os
import sys

os.environ.update(AWS_ACCESS_KEY_ID="key", AWS_SECRET_ACCESS_KEY="secret", AWS_DEFAULT_REGION="us-west-2")

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError
from moto import mock_aws


def answer(call):
    client = boto3.client(call["service"], config=Config(parameter_validation=False))
    code = call["parameters"].get("Code", {})
    if "ZipFile" in code:
        code["ZipFile"] = base64.b64decode(code["ZipFile"])
    try:
        result = getattr(client, call["operation"])(**call["parameters"])
        result.pop("ResponseMetadata", None)
        return {"answer": result}
    except ClientError as error:
        return {"error": error.response["Error"]["Code"]}
    except Exception as error:
        return {"error": type(error).__name__}


with mock_aws():
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line)), default=str), flush=True)
