"""Runs one of the programs by the Automation API: `program.py <operation> <program>`."""

import os
import runpy
import sys

import pulumi
from pulumi import automation
from pulumi_load_balanced_group import (
    AuthenticateOidcArgs,
    DefaultActionArgs,
    DesyncMitigationMode,
    FixedResponseArgs,
    HealthCheckArgs,
    LoadBalancedGroup,
    LoadBalancedGroupArgs,
    LoadBalancedService,
    LogsArgs,
    NamedTargetGroupArgs,
    Preflight,
    RedirectArgs,
    RedirectStatusCode,
    RuleArgs,
    TargetArgs,
    TargetGroupArgs,
)

ZONES = ["us-west-2a", "us-west-2b"]
FIRST, SECOND = "i-0a1b2c3d4e5f60001", "i-0a1b2c3d4e5f60002"
CERTIFICATE = "arn:aws:acm:us-west-2:123456789012:certificate/0e57a11c-0000-4000-8000-000000000001"


def tutorial() -> None:
    runpy.run_module("example")


def https_only() -> None:
    LoadBalancedGroup(
        "web",
        availability_zones=ZONES,
        instance_ids=[FIRST],
        certificate_arn=CERTIFICATE,
        https_only=True,
    )


def logs() -> None:
    args = LoadBalancedGroupArgs(
        availability_zones=ZONES, instance_ids=[FIRST], access_logs=LogsArgs(prefix="web")
    )
    LoadBalancedGroup("web", args)


def service() -> None:
    front = LoadBalancedGroup(
        "front",
        availability_zones=ZONES,
        default_action=DefaultActionArgs(fixed_response=FixedResponseArgs(status_code=404)),
    )
    LoadBalancedService(
        "orders",
        listener_arn=front.listener_arns["http"],
        rules={"main": RuleArgs(path_patterns=["/orders"], target_group="default")},
        instance_ids=[FIRST],
    )


def transforms() -> None:
    def charge(args: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult | None:
        if args.name != "web-http":
            return None
        props = {**args.props, "tags": {"cost-center": "42"}}
        return pulumi.ResourceTransformResult(props=props, opts=args.opts)

    LoadBalancedGroup(
        "web",
        availability_zones=ZONES,
        instance_ids=[FIRST],
        opts=pulumi.ResourceOptions(transforms=[charge]),
    )


def rules() -> None:
    LoadBalancedGroup(
        "web",
        availability_zones=ZONES,
        instance_ids=[FIRST],
        preflight=Preflight.WARN,
        # A choice may be written as its member or as its text.
        desync_mitigation_mode=DesyncMitigationMode.STRICTEST,
        ip_address_type="ipv4",
        target_groups={"api": NamedTargetGroupArgs(targets={"one": TargetArgs(id=SECOND)})},
        rules={
            "api": RuleArgs(path_patterns=["/api/*"], target_group="api"),
            "old": RuleArgs(
                path_patterns=["/old"],
                redirect=RedirectArgs(status_code=RedirectStatusCode.HTTP301, path="/new"),
            ),
            "gone": RuleArgs(
                path_patterns=["/gone"],
                fixed_response=FixedResponseArgs(
                    status_code=410, content_type="text/html", message_body="gone"
                ),
            ),
        },
    )


def secret() -> None:
    LoadBalancedGroup(
        "web",
        availability_zones=ZONES,
        instance_ids=[FIRST],
        tags={"owner": pulumi.Output.secret("TOP-SECRET-TAG")},
        target_group=TargetGroupArgs(
            health_check=HealthCheckArgs(path=pulumi.Output.secret("/TOP-SECRET-PATH"))
        ),
        certificate_arn=CERTIFICATE,
        rules={
            "login": RuleArgs(
                path_patterns=["/admin"],
                target_group="default",
                authenticate_oidc=AuthenticateOidcArgs(
                    issuer="https://login.example.com",
                    authorization_endpoint="https://login.example.com/authorize",
                    token_endpoint="https://login.example.com/token",
                    user_info_endpoint="https://login.example.com/user",
                    client_id="web",
                    client_secret=pulumi.Output.secret("TOP-SECRET-OF-CLIENT"),
                ),
            )
        },
    )


class Firewall(pulumi.CustomResource):
    """A security group, whose id is not known before it is made."""

    def __init__(self, name: str) -> None:
        super().__init__(
            "aws:ec2/securityGroup:SecurityGroup", name, {"description": "of the program"}
        )


def unknown() -> None:
    firewall = Firewall("firewall")
    LoadBalancedGroup(
        "web",
        availability_zones=ZONES,
        instance_ids=[FIRST],
        targets={"second": {"id": firewall.id}},
        security_group_ids=[firewall.id],
    )


def wrong() -> None:
    LoadBalancedGroup(
        "web",
        availability_zones=["us-west-2a"],
        instance_ids=["web-1"],
        port=0,
        ingress_cidr_blocks=["everyone"],
        targets={"one": TargetArgs(id=SECOND, port=99999)},
        target_group=TargetGroupArgs(
            deregistration_delay=4000, health_check=HealthCheckArgs(interval=4)
        ),
        access_logs=LogsArgs(bucket="AN ARN"),
        idle_timeout=0,
        desync_mitigation_mode="strict",
    )


PROGRAMS = {
    "tutorial": tutorial,
    "httpsOnly": https_only,
    "logs": logs,
    "rules": rules,
    "service": service,
    "transforms": transforms,
    "secret": secret,
    "unknown": unknown,
    "wrong": wrong,
}


def main(operation: str, name: str) -> None:
    stack = automation.create_or_select_stack(
        stack_name=name,
        project_name="consumer",
        program=PROGRAMS[name],
        opts=automation.LocalWorkspaceOptions(work_dir=os.getcwd()),
    )
    stack.set_config("aws:region", automation.ConfigValue("us-west-2"))
    getattr(stack, operation)(on_output=print)


main(*sys.argv[1:])
