// Runs one of the programs by the Automation API: `program <operation> <program>`.
package main

import (
	"context"
	"fmt"
	"os"

	lbg "example.com/pulumi-load-balanced-group/sdk/go/loadbalancedgroup"
	"github.com/pulumi/pulumi/sdk/v3/go/auto"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optdestroy"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optpreview"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optup"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

const (
	first       = "i-0a1b2c3d4e5f60001"
	second      = "i-0a1b2c3d4e5f60002"
	certificate = "arn:aws:acm:us-west-2:123456789012:certificate/0e57a11c-0000-4000-8000-000000000001"
)

var zones = []string{"us-west-2a", "us-west-2b"}

// A security group, whose id is not known before it is made.
type firewall struct {
	pulumi.CustomResourceState
}

var programs = map[string]pulumi.RunFunc{
	"tutorial": func(ctx *pulumi.Context) error {
		var program pulumi.RunFunc
		example(func(body pulumi.RunFunc, _ ...pulumi.RunOption) { program = body })
		return program(ctx)
	},
	"httpsOnly": group(lbg.LoadBalancedGroupArgs{
		AvailabilityZones: zones,
		InstanceIds:       []string{first},
		CertificateArn:    pulumi.String(certificate),
		HttpsOnly:         pulumi.BoolRef(true),
	}),
	"logs": group(lbg.LoadBalancedGroupArgs{
		AvailabilityZones: zones,
		InstanceIds:       []string{first},
		AccessLogs:        &lbg.LogsArgs{Prefix: pulumi.String("web")},
	}),
	"rules": group(lbg.LoadBalancedGroupArgs{
		AvailabilityZones: zones,
		InstanceIds:       []string{first},
		Preflight:         pulumi.StringRef(string(lbg.PreflightWarn)),
		// A choice may be written as its constant or as its text.
		DesyncMitigationMode: lbg.DesyncMitigationModeStrictest,
		IpAddressType:        pulumi.StringRef("ipv4"),
		TargetGroups: map[string]lbg.NamedTargetGroupArgs{
			"api": {Targets: map[string]lbg.TargetArgs{"one": {Id: pulumi.String(second)}}},
		},
		Rules: map[string]lbg.RuleArgs{
			"api": {PathPatterns: []string{"/api/*"}, TargetGroup: pulumi.StringRef("api")},
			"old": {
				PathPatterns: []string{"/old"},
				Redirect: &lbg.RedirectArgs{
					StatusCode: lbg.RedirectStatusCodeHttp301,
					Path:       pulumi.String("/new"),
				},
			},
			"gone": {
				PathPatterns: []string{"/gone"},
				FixedResponse: &lbg.FixedResponseArgs{
					StatusCode:  pulumi.Int(410),
					ContentType: pulumi.String("text/html"),
					MessageBody: pulumi.String("gone"),
				},
			},
		},
	}),
	"service": func(ctx *pulumi.Context) error {
		front, err := lbg.NewLoadBalancedGroup(ctx, "front", &lbg.LoadBalancedGroupArgs{
			AvailabilityZones: zones,
			DefaultAction: &lbg.DefaultActionArgs{
				FixedResponse: &lbg.FixedResponseArgs{StatusCode: pulumi.Int(404)},
			},
		})
		if err != nil {
			return err
		}
		_, err = lbg.NewLoadBalancedService(ctx, "orders", &lbg.LoadBalancedServiceArgs{
			ListenerArn: front.ListenerArns.MapIndex(pulumi.String("http")),
			Rules: map[string]lbg.RuleArgs{
				"main": {PathPatterns: []string{"/orders"}, TargetGroup: pulumi.StringRef("default")},
			},
			InstanceIds: []string{first},
		})
		return err
	},
	"secret": group(lbg.LoadBalancedGroupArgs{
		AvailabilityZones: zones,
		InstanceIds:       []string{first},
		Tags:              pulumi.StringMap{"owner": secret("TOP-SECRET-TAG")},
		TargetGroup: &lbg.TargetGroupArgs{
			HealthCheck: &lbg.HealthCheckArgs{Path: secret("/TOP-SECRET-PATH")},
		},
		CertificateArn: pulumi.String(certificate),
		Rules: map[string]lbg.RuleArgs{
			"login": {
				PathPatterns: []string{"/admin"},
				TargetGroup:  pulumi.StringRef("default"),
				AuthenticateOidc: &lbg.AuthenticateOidcArgs{
					Issuer:                pulumi.String("https://login.example.com"),
					AuthorizationEndpoint: pulumi.String("https://login.example.com/authorize"),
					TokenEndpoint:         pulumi.String("https://login.example.com/token"),
					UserInfoEndpoint:      pulumi.String("https://login.example.com/user"),
					ClientId:              pulumi.String("web"),
					ClientSecret:          secret("TOP-SECRET-OF-CLIENT"),
				},
			},
		},
	}),
	"unknown": func(ctx *pulumi.Context) error {
		var wall firewall
		inputs := pulumi.Map{"description": pulumi.String("of the program")}
		err := ctx.RegisterResource("aws:ec2/securityGroup:SecurityGroup", "firewall", inputs, &wall)
		if err != nil {
			return err
		}
		return group(lbg.LoadBalancedGroupArgs{
			AvailabilityZones: zones,
			InstanceIds:       []string{first},
			Targets:           map[string]lbg.TargetArgs{"second": {Id: wall.ID()}},
			SecurityGroupIds:  pulumi.StringArray{wall.ID()},
		})(ctx)
	},
	"wrong": group(lbg.LoadBalancedGroupArgs{
		AvailabilityZones: []string{"us-west-2a"},
		InstanceIds:       []string{"web-1"},
		Port:              pulumi.IntRef(0),
		IngressCidrBlocks: []string{"everyone"},
		Targets: map[string]lbg.TargetArgs{
			"one": {Id: pulumi.String(second), Port: pulumi.IntRef(99999)},
		},
		TargetGroup: &lbg.TargetGroupArgs{
			DeregistrationDelay: pulumi.Int(4000),
			HealthCheck:         &lbg.HealthCheckArgs{Interval: pulumi.Int(4)},
		},
		AccessLogs:           &lbg.LogsArgs{Bucket: pulumi.String("AN ARN")},
		IdleTimeout:          pulumi.Int(0),
		DesyncMitigationMode: pulumi.String("strict"),
	}),
}

func secret(text string) pulumi.StringOutput {
	return pulumi.ToSecret(pulumi.String(text)).(pulumi.StringOutput)
}

func group(args lbg.LoadBalancedGroupArgs) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		_, err := lbg.NewLoadBalancedGroup(ctx, "web", &args)
		return err
	}
}

func main() {
	if err := run(context.Background(), os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, operation, name string) error {
	folder, err := os.Getwd()
	if err != nil {
		return err
	}
	stack, err := auto.UpsertStackInlineSource(ctx, name, "consumer", programs[name], auto.WorkDir(folder))
	if err != nil {
		return err
	}
	if err := stack.SetConfig(ctx, "aws:region", auto.ConfigValue{Value: "us-west-2"}); err != nil {
		return err
	}
	switch operation {
	case "preview":
		_, err = stack.Preview(ctx, optpreview.ProgressStreams(os.Stdout))
	case "up":
		_, err = stack.Up(ctx, optup.ProgressStreams(os.Stdout))
	case "destroy":
		_, err = stack.Destroy(ctx, optdestroy.ProgressStreams(os.Stdout))
	default:
		err = fmt.Errorf("there is no operation %s", operation)
	}
	return err
}
