using Hearth.AspNetCore.Hosting;
using Hearth.Silo.Hosting;
using Hearth.Silo.Operating;
using Hearth.Storage;
using Hearth.WebFrontend.Caching;
using Hearth.WebFrontend.Categories;
using Hearth.WebFrontend.Demo;
using Hearth.WebFrontend.Hosting;
using Hearth.WebFrontend.Keys;
using Hearth.WebFrontend.Operating;
using Hearth.WebFrontend.Pages;
using Hearth.WebFrontend.Pages.SignIn;
using Hearth.WebFrontend.Presence;
using Hearth.WebFrontend.Problems;
using Hearth.WebFrontend.Requests;
using Hearth.WebFrontend.Sessions;
using Hearth.WebFrontend.Views;

if (args is [HealthProbe.Argument, var address])
{
    return await HealthProbe.Run(address);
}

var settings = args.Where(arg => arg != DemoExtensions.Switch).ToArray();
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = settings, ContentRootPath = AppContext.BaseDirectory });
builder.AddDemo(args);
builder.AddStartMessages();
builder.AddHearthHosting();
builder.AddHearthProblems();
builder.AddHearthKeys();
builder.AddStorage();
builder.AddGrainAccess();
builder.AddDrain();
builder.AddViewEndpoints();
builder.AddPresenceEndpoints();
builder.AddCategoryEndpoints();
builder.AddOperating();
builder.AddOperator();

var app = builder.Build();
app.UseDrain();
app.UseNoSniff();
app.UseHearthProblems();
app.UseMiddleware<HostGuard>();
app.UseMiddleware<RequestTargetMiddleware>();
app.UseMiddleware<Shortcuts>();
app.UseMiddleware<EmptyIds>();
app.UseOrleansDashboard();
app.UseRouting();
app.UseCors();
app.UseAuthentication();
app.UseAuthorization();
app.UseMiddleware<ForgeryGuard>();
app.UseMiddleware<JsonBodies>();
var site = app.MapGroup("").AnswerHead();
site.MapViewIntake();
site.MapViews();
site.MapPresence();
site.MapUsers();
site.MapCategories();
site.MapSessions();
site.MapCaching();
site.MapOperating();
site.MapOperator();
return await app.RunHearth();
