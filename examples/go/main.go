package main

import (
	"example.com/pulumi-load-balanced-group/sdk/go/loadbalancedgroup"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		web, err := loadbalancedgroup.NewLoadBalancedGroup(ctx, "web", &loadbalancedgroup.LoadBalancedGroupArgs{
			AvailabilityZones: []string{"us-west-2a", "us-west-2b"},
			InstanceIds:       []string{"i-0a1b2c3d4e5f60001", "i-0a1b2c3d4e5f60002", "i-0a1b2c3d4e5f60003"},
			TargetGroup: &loadbalancedgroup.TargetGroupArgs{
				HealthCheck: &loadbalancedgroup.HealthCheckArgs{Path: pulumi.String("/")},
			},
		})
		if err != nil {
			return err
		}
		ctx.Export("url", web.Url)
		return nil
	})
}
