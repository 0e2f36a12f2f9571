import pulumi
from pulumi_load_balanced_group import LoadBalancedGroup

web = LoadBalancedGroup(
    "web",
    availability_zones=["us-west-2a", "us-west-2b"],
    instance_ids=["i-0a1b2c3d4e5f60001", "i-0a1b2c3d4e5f60002", "i-0a1b2c3d4e5f60003"],
    target_group={"health_check": {"path": "/"}},
)

pulumi.export("url", web.url)
